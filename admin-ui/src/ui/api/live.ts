import { useEffect, useState } from "react";
import { overviewQuery, queries } from "./queries";
import { changed } from "./overview";
import type { Overview, OverviewChange } from "./schema";

/** The gateway sends an overview a second; after this long without one the page is out of date. */
const SILENCE_MILLIS = 5_000;

/** A stream that the browser has given up is opened anew after this long. */
const REOPEN_MILLIS = 3_000;

export type Connection = "connecting" | "live" | "lost";

/**
 * Puts the gateway's overviews, and what changes of them, into the query cache as they come, and says
 * whether they do. Only the shell calls it: one stream for the whole page.
 */
export function useLiveOverview(): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");

  useEffect(() => {
    let source: EventSource | undefined;
    let silence: number | undefined;
    let reopening: number | undefined;

    const lost = () => setConnection("lost");
    const open = () => {
      source?.close();
      source = new EventSource("/api/v1/overview/stream");
      const heard = () => {
        setConnection("live");
        window.clearTimeout(silence);
        silence = window.setTimeout(lost, SILENCE_MILLIS);
      };
      source.onmessage = (event: MessageEvent<string>) => {
        // An answer that is still under way would be older than this, and changes build on it.
        void queries.cancelQueries({ queryKey: overviewQuery.queryKey });
        queries.setQueryData(overviewQuery.queryKey, JSON.parse(event.data) as Overview);
        heard();
      };
      source.addEventListener("changed", (event: MessageEvent<string>) => {
        const change = JSON.parse(event.data) as OverviewChange;
        queries.setQueryData(overviewQuery.queryKey, (old) => old && changed(old, change));
        heard();
      });
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

  return connection;
}
