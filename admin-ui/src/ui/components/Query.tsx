import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { common } from "../text/en/common";
import { Failure, Loading } from "./Notice";

/**
 * Shows what a query has found; until then that it loads, or why it does not. What was found before it
 * failed stays, below why it can't be told how it is now.
 */
export function Query<T>({
  query,
  children,
}: {
  query: UseQueryResult<T>;
  children: (data: T) => ReactNode;
}) {
  if (query.data === undefined && query.error === null) {
    return <Loading />;
  }
  return (
    <>
      <QueryFailure query={query} />
      {query.data !== undefined && children(query.data)}
    </>
  );
}

/** Why a query has failed, if it has; it is asked again by itself once the gateway is heard (`live.ts`). */
export function QueryFailure({ query }: { query: Pick<UseQueryResult, "error" | "refetch"> }) {
  return (
    query.error !== null && (
      <Failure
        error={query.error}
        onRetry={() => void query.refetch()}
        unanswered={common.triesAgain}
      />
    )
  );
}
