import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get, path } from "../../api/client";
import { follow } from "../../api/follow";
import type { Group } from "../../api/schema";

export const groupQuery = (name: string) =>
  queryOptions({
    queryKey: ["groups", name],
    queryFn: ({ signal }) => get<Group>(path`/api/v1/groups/${name}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A group that the stream keeps as it is now, and whether it has been deleted meanwhile. */
export function useLiveGroup(name: string) {
  const cache = useQueryClient();
  const [isGone, setGone] = useState(false);
  useEffect(() => {
    setGone(false);
    return follow(path`/api/v1/groups/${name}/stream`, {
      onMessage: (data) =>
        cache.setQueryData(groupQuery(name).queryKey, JSON.parse(data) as Group),
      onProblem: () => setGone(true),
    });
  }, [name, cache]);
  return { query: useQuery(groupQuery(name)), isGone };
}
