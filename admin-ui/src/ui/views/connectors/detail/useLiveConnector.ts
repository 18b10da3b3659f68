import { useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { path } from "../../../api/client";
import { follow } from "../../../api/follow";
import { connectorQuery, doubt, hear } from "../../../api/queries";
import type { Capture, Connector } from "../../../api/schema";
import { captureQuery } from "../../capture/queries";

/**
 * Puts what the gateway tells of a connector, and of how far its capture is, into the query cache as it
 * changes; why it does not, is asked.
 */
export function useLiveConnector(name: string): void {
  const cache = useQueryClient();
  useEffect(() => {
    const query = connectorQuery(name);
    const ask = () => doubt(cache, query);
    return follow(path`/api/v1/connectors/${name}/stream`, {
      onMessage: (data) => hear(cache, query, JSON.parse(data) as Connector),
      onNamed: {
        capture: (data) => hear(cache, captureQuery(name), JSON.parse(data) as Capture),
      },
      onLost: ask,
      onProblem: ask,
    });
  }, [name, cache]);
}
