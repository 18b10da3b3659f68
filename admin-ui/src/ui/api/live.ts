import { useEffect, useState } from "react";
import { follow } from "./follow";
import { overviewQuery, queries } from "./queries";
import type { Overview } from "./schema";

/** The gateway sends an overview a second; after this long without one the page is out of date. */
const SILENCE_MILLIS = 5_000;

export type Connection = "connecting" | "live" | "lost";

/**
 * Puts the gateway's overviews into the query cache as they come, and says whether they do. Only the
 * shell calls it: one stream for the whole page.
 */
export function useLiveOverview(): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");

  useEffect(() => {
    let silence: number | undefined;
    const lost = () => setConnection("lost");
    const unfollow = follow("/api/v1/overview/stream", {
      onMessage: (data) => {
        queries.setQueryData(overviewQuery.queryKey, JSON.parse(data) as Overview);
        setConnection("live");
        window.clearTimeout(silence);
        silence = window.setTimeout(lost, SILENCE_MILLIS);
      },
      onLost: lost,
    });
    return () => {
      unfollow();
      window.clearTimeout(silence);
    };
  }, []);

  return connection;
}
