import { queryOptions } from "@tanstack/react-query";
import { ask, get, send } from "../../api/client";
import type { ConfigCheck, ConfigFiles } from "../../api/schema";
import type { Schema } from "./schema";

/** New texts by the names of files. */
export type Edits = Readonly<Record<string, string>>;

export const configFilesQuery = queryOptions({
  queryKey: ["config", "files"],
  queryFn: ({ signal }) => get<ConfigFiles>("/api/v1/config/files", signal),
  // Whoever comes back sees what is there now; while one is here, events tell of changes.
  staleTime: 0,
});

/** It does not change while the gateway runs. */
export const configSchemaQuery = queryOptions({
  queryKey: ["config", "schema"],
  queryFn: ({ signal }) => get<Schema>("/api/v1/config/schema", signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** Of all checks that were made. */
export const CONFIG_CHECKS = ["config", "check"] as const;

/**
 * What is wrong with changed files, or what they would do to a version of the configuration. Without
 * edits: what is wrong with the files as they are, or how what is in force differs from them.
 */
export const configCheckQuery = (version: string, edits: Edits) =>
  queryOptions({
    queryKey: [...CONFIG_CHECKS, version, edits],
    queryFn: () => ask<ConfigCheck>("/api/v1/config/check", body(edits)),
    // What is in force changes without the files, too; whoever applies edits asks anew.
    staleTime: Object.keys(edits).length > 0 ? Number.POSITIVE_INFINITY : 0,
    gcTime: 10_000,
  });

export function writeFiles(version: string, edits: Edits): Promise<void> {
  return send("PUT", "/api/v1/config/files", body(edits), { "If-Match": `"${version}"` });
}

const body = (edits: Edits) => ({
  files: Object.entries(edits).map(([name, text]) => ({ name, text })),
});
