import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { path } from "../../../api/client";
import { follow } from "../../../api/follow";
import { connectorQuery, hear } from "../../../api/queries";
import type { Connector } from "../../../api/schema";

/** Puts what the gateway tells of a connector into the query cache as it changes; why it does not, is asked. */
export function useLiveConnector(name: string): void {
  const cache = useQueryClient();
  useEffect(() => {
    const query = connectorQuery(name);
    const ask = () => void cache.invalidateQueries({ queryKey: query.queryKey, exact: true });
    return follow(path`/api/v1/connectors/${name}/stream`, {
      onMessage: (data) => hear(cache, query, JSON.parse(data) as Connector),
      onLost: ask,
      onProblem: ask,
    });
  }, [name, cache]);
}
