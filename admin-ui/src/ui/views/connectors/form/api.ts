import { queryOptions } from "@tanstack/react-query";
import { ask, get, path, send } from "../../../api/client";
import type { ConnectorCheck, ConnectorType } from "../../../api/schema";
import type { Kind } from "../search";
import type { Spec } from "./specYaml";

/** They do not change while the gateway runs. */
export const connectorTypesQuery = queryOptions({
  queryKey: ["connector-types"],
  queryFn: ({ signal }) => get<ConnectorType[]>("/api/v1/connector-types", signal),
  staleTime: Number.POSITIVE_INFINITY,
});

export const checkQuery = (name: string, spec: Spec, replaces: string | undefined) =>
  queryOptions({
    queryKey: ["connectors", "check", name, spec, replaces],
    queryFn: () =>
      ask<ConnectorCheck>("/api/v1/connectors/check", {
        name,
        spec,
        ...(replaces !== undefined && { replaces }),
      }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  });

/** Never changes one that is there: whoever made it meanwhile would lose theirs. */
export function createConnector(name: string, spec: Spec): Promise<void> {
  return send("PUT", path`/api/v1/connectors/${name}`, spec, { "If-None-Match": "*" });
}

export function saveConnector(name: string, spec: Spec): Promise<void> {
  return send("PUT", path`/api/v1/connectors/${name}`, spec);
}

/** Deletes a connector that was made over HTTP, and, if asked for, forgets where it stood. */
export function deleteConnector(name: string, forgetPositions: boolean): Promise<void> {
  const query = forgetPositions ? "?forgetPositions=true" : "";
  return send("DELETE", `${path`/api/v1/connectors/${name}`}${query}`);
}

/** A connector of a type, or a rule, before anything was said about it. */
export function emptySpec(kind: Kind, type: string): Spec {
  if (kind === "rule") {
    return { from: [], to: "" };
  }
  return { [kind]: type, ...(kind === "sink" ? { topics: [] } : {}), config: {} };
}
