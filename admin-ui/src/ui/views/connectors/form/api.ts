import { queryOptions } from "@tanstack/react-query";
import { get, path, send } from "../../../api/client";
import type { Kind } from "../search";
import type { Spec } from "./specYaml";

/** A type of connector, as the catalogue has it. */
export interface ConnectorType {
  name: string;
  kind: "source" | "sink";
  title: string;
  description: string;
  version: string;
  /** The JSON Schema of what stands under `config`. */
  schema: object;
  /** Whether its first records can be looked at before it is made. */
  preview?: boolean;
}

/** What is wrong with a declaration; nothing if it can be used. */
export interface DraftCheck {
  problems: { path: string; message: string; suggestion?: string }[];
  yaml: string;
}

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
      send<DraftCheck>("POST", "/api/v1/connectors/check", {
        name,
        spec,
        ...(replaces !== undefined && { replaces }),
      }),
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 10_000,
  });

export function saveConnector(name: string, spec: Spec): Promise<void> {
  return send("PUT", path`/api/v1/connectors/${name}`, spec);
}

/** Deletes a connector that was made over HTTP, and, if asked for, forgets where it stood. */
export function deleteConnector(name: string, forgetPositions: boolean): Promise<void> {
  const query = forgetPositions ? "?forgetPositions=true" : "";
  return send("DELETE", `${path`/api/v1/connectors/${name}`}${query}`);
}

/** A connector of a type, before anything was said about it. */
export function emptySpec(kind: Kind, type: string): Spec {
  return { [kind]: type, ...(kind === "sink" ? { topics: [] } : {}), config: {} };
}
