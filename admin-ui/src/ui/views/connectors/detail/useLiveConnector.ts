import { useEffect } from "react";
import { path } from "../../../api/client";
import { follow } from "../../../api/follow";
import { connectorQuery, queries } from "../../../api/queries";
import type { Connector } from "../../../api/schema";

/** Puts what the gateway tells of a connector into the query cache as it changes. */
export function useLiveConnector(name: string): void {
  useEffect(() => {
    const { queryKey } = connectorQuery(name);
    return follow(path`/api/v1/connectors/${name}/stream`, {
      onMessage: (data) => queries.setQueryData(queryKey, JSON.parse(data) as Connector),
      // It was removed: what is asked now says so.
      onProblem: () => void queries.resetQueries({ queryKey }),
    });
  }, [name]);
}
