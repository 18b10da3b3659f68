import { queryOptions } from "@tanstack/react-query";
import { EXACT, getExactly, path, send } from "../../../api/client";
import type { ConnectOffsets } from "../../../api/schema";

/** Where a connector stands, as it has stored it. */
export const offsetsQuery = (connector: string) =>
  queryOptions({
    queryKey: ["connectors", connector, "offsets"],
    queryFn: ({ signal }) =>
      getExactly<ConnectOffsets>(path`/connectors/${connector}/offsets`, signal),
    ...EXACT,
  });

export function alterOffsets(connector: string, changed: ConnectOffsets): Promise<void> {
  return send("PATCH", path`/connectors/${connector}/offsets`, changed);
}

export function resetOffsets(connector: string): Promise<void> {
  return send("DELETE", path`/connectors/${connector}/offsets`);
}
