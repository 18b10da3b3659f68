import { useEffect, useState } from "react";
import type { Overview } from "./overview";

/** The gateway sends an overview a second; after this long without one the page is out of date. */
const SILENCE_MILLIS = 5_000;

/** A stream that the browser has given up is opened anew after this long. */
const REOPEN_MILLIS = 3_000;

export type Connection = "connecting" | "live" | "lost";

/** The newest overview, kept while the connection is lost, and whether it is live. */
export function useOverview(): { overview: Overview | null; connection: Connection } {
  const [overview, setOverview] = useState<Overview | null>(null);
  const [connection, setConnection] = useState<Connection>("connecting");

  useEffect(() => {
    let source: EventSource | undefined;
    let silence: number | undefined;
    let reopening: number | undefined;

    const lost = () => setConnection("lost");
    const open = () => {
      source?.close();
      source = new EventSource("/api/v1/overview/stream");
      source.onmessage = (event: MessageEvent<string>) => {
        setOverview(JSON.parse(event.data) as Overview);
        setConnection("live");
        window.clearTimeout(silence);
        silence = window.setTimeout(lost, SILENCE_MILLIS);
      };
      source.onerror = () => {
        lost();
        if (source?.readyState === EventSource.CLOSED) {
          window.clearTimeout(reopening);
          reopening = window.setTimeout(open, REOPEN_MILLIS);
        }
      };
    };

    open();
    return () => {
      source?.close();
      window.clearTimeout(silence);
      window.clearTimeout(reopening);
    };
  }, []);

  return { overview, connection };
}
