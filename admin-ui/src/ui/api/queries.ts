import {
  type DataTag,
  type Query,
  QueryClient,
  type QueryKey,
  queryOptions,
  useQuery,
} from "@tanstack/react-query";
import { ApiError, get, path } from "./client";
import type { Connector, Overview, PastError, Topic } from "./schema";

/** The one cache of the server's state. What lives comes by events; the rest is asked for once. */
export const queries = new QueryClient({
  defaultOptions: {
    queries: {
      staleTime: 5_000,
      retry: (failures, error) =>
        failures < 2 && !(error instanceof ApiError && error.status >= 400 && error.status < 500),
    },
  },
});

/**
 * Asks again what is shown and has failed or may be out of date; called when the gateway is heard (again).
 * Of what is read page by page nothing that someone has read moves.
 */
export function askAgain(): void {
  const isPaged = ({ state: { fetchMeta } }: Query) => fetchMeta?.fetchMore !== undefined;
  void queries.refetchQueries(
    { type: "active", predicate: (query) => query.isStale() && !isPaged(query) },
    { cancelRefetch: false },
  );
}

/** Puts what a stream tells into the cache; an answer that is still under way would be older. */
export function hear<T>(
  cache: QueryClient,
  { queryKey }: { queryKey: DataTag<QueryKey, T, Error> },
  told: T,
): void {
  void cache.cancelQueries({ queryKey, exact: true });
  cache.setQueryData<T>(queryKey, told);
}

/**
 * Asks how it is now what a stream does not tell any more, or why it can't be told. Where nothing was told
 * yet, that has been asked already.
 */
export function doubt(cache: QueryClient, { queryKey }: { queryKey: QueryKey }): void {
  if (cache.getQueryData(queryKey) !== undefined) {
    void cache.invalidateQueries({ queryKey });
  }
}

/** Filled by the stream of overviews alone (see `live.ts`); asked for once until it speaks. */
export const overviewQuery = queryOptions({
  queryKey: ["overview"],
  queryFn: ({ signal }) => get<Overview>("/api/v1/overview", signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** What time it is for the gateway, by its overviews; undefined until one has come. */
export const useGatewayTime = () =>
  useQuery({ ...overviewQuery, select: ({ time }) => time }).data;

export const topicQuery = (topic: string) =>
  queryOptions({
    queryKey: ["topics", topic],
    queryFn: ({ signal }) => get<Topic>(path`/api/v1/topics/${topic}`, signal),
  });

/** Kept up to date by the connector's stream while its page is open. */
export const connectorQuery = (connector: string) =>
  queryOptions({
    queryKey: ["connectors", connector],
    queryFn: ({ signal }) => get<Connector>(path`/api/v1/connectors/${connector}`, signal),
  });

export const connectorErrorsQuery = (connector: string) =>
  queryOptions({
    queryKey: ["connectors", connector, "errors"],
    // Whoever comes back sees all; while one is here, the connector tells of more.
    staleTime: 0,
    queryFn: ({ signal }) => get<PastError[]>(path`/api/v1/connectors/${connector}/errors`, signal),
  });
