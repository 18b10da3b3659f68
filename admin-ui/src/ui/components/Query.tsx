import { Alert } from "@mantine/core";
import type { UseQueryResult } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { ApiError } from "../api/client";
import { common } from "../text/en/common";
import { Failure, Loading } from "./Notice";

/**
 * Shows what a query has found; until then that it loads, or why it does not. What was found before it
 * failed stays, below why it can't be told how it is now.
 */
export function Query<T>(props: {
  query: UseQueryResult<T>;
  /** What to say once that is not there any more which was found. */
  gone?: string;
  children: (data: T) => ReactNode;
}) {
  const { query, gone, children } = props;
  if (query.data === undefined && query.error === null) {
    return <Loading />;
  }
  return (
    <>
      {gone !== undefined && isGone(query) ? (
        <Alert color="orange">{gone}</Alert>
      ) : (
        <QueryFailure query={query} />
      )}
      {query.data !== undefined && children(query.data)}
    </>
  );
}

/** Whether that is not there any more which a query had found. */
export function isGone({ data, error }: Pick<UseQueryResult, "data" | "error">): boolean {
  return data !== undefined && error instanceof ApiError && error.status === 404;
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
