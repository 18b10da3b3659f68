import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { Failure, Loading } from "./Notice";

/** Shows what a query has found; until then that it loads, or why it does not. */
export function Query<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data !== undefined) {
    return children(query.data);
  }
  return query.error === null ? (
    <Loading />
  ) : (
    <Failure error={query.error} onRetry={() => void query.refetch()} />
  );
}
