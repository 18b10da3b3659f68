import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { get, path } from "../../api/client";
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
    const source = new EventSource(path`/api/v1/groups/${name}/stream`);
    source.onmessage = (event: MessageEvent<string>) => {
      cache.setQueryData(groupQuery(name).queryKey, JSON.parse(event.data) as Group);
    };
    source.addEventListener("problem", () => {
      setGone(true);
      source.close();
    });
    return () => source.close();
  }, [name, cache]);
  return { query: useQuery(groupQuery(name)), isGone };
}
