import { queryOptions } from "@tanstack/react-query";
import { get, path } from "../../api/client";
import type { Capture } from "../../api/schema";

/** Asked for once; then the connector's stream fills it (see `useLiveConnector`). */
export const captureQuery = (connector: string) =>
  queryOptions({
    queryKey: ["connectors", connector, "capture"],
    queryFn: ({ signal }) =>
      get<Capture>(path`/api/v1/connectors/${connector}/capture`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });
