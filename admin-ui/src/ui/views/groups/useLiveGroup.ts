import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect } from "react";
import { get, path } from "../../api/client";
import { follow } from "../../api/follow";
import { doubt, hear } from "../../api/queries";
import type { Group } from "../../api/schema";

export const groupQuery = (name: string) =>
  queryOptions({
    queryKey: ["groups", name],
    queryFn: ({ signal }) => get<Group>(path`/api/v1/groups/${name}`, signal),
    staleTime: Number.POSITIVE_INFINITY,
  });

/** A group that the stream keeps as it is now; why it does not, is asked. */
export function useLiveGroup(name: string) {
  const cache = useQueryClient();
  useEffect(() => {
    const query = groupQuery(name);
    const ask = () => doubt(cache, query);
    return follow(path`/api/v1/groups/${name}/stream`, {
      onMessage: (data) => hear(cache, query, JSON.parse(data) as Group),
      onLost: ask,
      onProblem: ask,
    });
  }, [name, cache]);
  return useQuery(groupQuery(name));
}
