import { queryOptions, useQuery, useQueryClient } from "@tanstack/react-query";
import { ApiError, EXACT, get, getExactly, path } from "../../api/client";
import { overviewQuery, queries, topicQuery } from "../../api/queries";
import type { Config, RecordPage, SettingDescription, Topic } from "../../api/schema";
import { useOnChange } from "../../components/useOnChange";
import { topic as text } from "../../text/en/topic";

/** What can be set for topics: the same as long as the gateway runs. */
export const settingsQuery = queryOptions({
  queryKey: ["topic-settings"],
  queryFn: ({ signal }) => get<SettingDescription[]>("/api/v1/topic-settings", signal),
  staleTime: Number.POSITIVE_INFINITY,
});

/** The topics that the configuration file declares. */
export const declaredQuery = queryOptions({
  queryKey: ["config"],
  queryFn: ({ signal }) => get<Config>("/api/v1/config", signal),
  select: (config: Config) => new Set(Object.keys(config.topics)),
});

/**
 * The record at an offset. As text its key, value and headers are exactly what is stored, in text or
 * base64; of JSON that was read, the spaces and the notation of what it was written in are lost.
 */
export const recordQuery = (
  topic: string,
  partition: number,
  offset: number,
  form: "json" | "text",
) =>
  queryOptions({
    queryKey: ["record", topic, partition, offset, form],
    queryFn: async ({ signal }) => {
      const parameters = new URLSearchParams({
        partition: String(partition),
        offset: String(offset),
        limit: "1",
        form,
      });
      const { records } = await getExactly<RecordPage>(
        `${path`/api/v1/topics/${topic}/records`}?${parameters}`,
        signal,
      );
      const [record] = records;
      // What was compacted away leaves the next one in its place.
      if (record?.offset !== offset) {
        throw new ApiError(404, text.gone);
      }
      return record;
    },
    ...EXACT,
  });

/**
 * A topic as it is now, asked for anew each time something is opened that is about to take from it; until
 * the answer has come it is not fresh.
 */
export function useFreshTopic(known: Topic, isOpen: boolean): { topic: Topic; isFresh: boolean } {
  const { data, isFetching, isError } = useQuery({
    ...topicQuery(known.name),
    enabled: isOpen,
    staleTime: 0,
  });
  return { topic: data ?? known, isFresh: isOpen && !isFetching && !isError };
}

/** A topic that changes all the time is asked for so often. */
const FOLLOW_MILLIS = 2_000;

/** Asks anew for a topic while overviews, which come by themselves, tell that it changes. */
export function useFollowTopic(name: string): void {
  const { data } = useQuery({
    ...overviewQuery,
    select: ({ topics }) => topics.find((topic) => topic.name === name),
  });
  useAskOn(data, name);
}

/** Asks anew for a topic when overviews tell that it is gone, or there again. */
export function useFollowPresence(name: string): void {
  const { data: isThere = true } = useQuery({
    ...overviewQuery,
    select: ({ topics }) => topics.some((topic) => topic.name === name),
  });
  useAskOn(isThere, name);
}

function useAskOn(change: unknown, name: string): void {
  const cache = useQueryClient();
  useOnChange(
    change,
    () => void cache.invalidateQueries({ queryKey: topicQuery(name).queryKey }),
    FOLLOW_MILLIS,
  );
}

/** Asks anew for what has been changed; overviews tell of it by themselves. */
export async function lookAgain(topic: string): Promise<void> {
  await Promise.all([
    queries.invalidateQueries({ queryKey: topicQuery(topic).queryKey }),
    queries.invalidateQueries({ queryKey: ["records", topic] }),
  ]);
}
