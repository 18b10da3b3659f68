import { useEffect, useState } from "react";
import { follow } from "./follow";
import { changed } from "./overview";
import { askAgain, hear, overviewQuery, queries } from "./queries";
import type { Overview, OverviewChange } from "./schema";

/** The gateway sends an overview a second; after this long without one the page is out of date. */
const SILENCE_MILLIS = 5_000;

export type Connection = "connecting" | "live" | "lost";

/**
 * Puts the gateway's overviews, and what changes of them, into the query cache as they come, and says
 * whether they do. When they begin (again), what has failed is asked again. Only the shell calls it: one
 * stream for the whole page.
 */
export function useLiveOverview(): Connection {
  const [connection, setConnection] = useState<Connection>("connecting");

  useEffect(() => {
    let silence: number | undefined;
    const lost = () => setConnection("lost");
    const heard = () => {
      setConnection("live");
      window.clearTimeout(silence);
      silence = window.setTimeout(lost, SILENCE_MILLIS);
    };
    const unfollow = follow("/api/v1/overview/stream", {
      onMessage: (data) => {
        hear(queries, overviewQuery, JSON.parse(data) as Overview);
        heard();
      },
      onNamed: {
        changed: (data) => {
          const change = JSON.parse(data) as OverviewChange;
          queries.setQueryData(overviewQuery.queryKey, (old) => old && changed(old, change));
          heard();
        },
      },
      onOpen: askAgain,
      onLost: lost,
      onProblem: lost,
      onRest: () => {
        window.clearTimeout(silence);
        setConnection("connecting");
      },
    });
    return () => {
      unfollow();
      window.clearTimeout(silence);
    };
  }, []);

  return connection;
}
