import { infiniteQueryOptions, queryOptions } from "@tanstack/react-query";
import { EXACT, get, getExactly, path, send } from "../../api/client";
import { queries } from "../../api/queries";
import type {
  DeadLetter,
  DeadLetterJob,
  DeadLetterPage,
  DeadLetterTopic,
  MatchingDeadLetters,
} from "../../api/schema";
import { filterOf, type LetterSearch } from "./search";

/** What is counted piece by piece is asked for again so soon, until it is complete. */
const COUNT_ON_MILLIS = 1_000;

export const letterTopicsQuery = queryOptions({
  queryKey: ["dead-letters"],
  // Whoever comes back sees how many there are now; while one is here, overviews tell of more.
  staleTime: 0,
  queryFn: ({ signal }) => get<DeadLetterTopic[]>("/api/v1/dead-letters", signal),
  refetchInterval: ({ state }) =>
    state.data?.some(({ complete, unreadable }) => !complete && unreadable === undefined) === true &&
    state.dataUpdateCount < 60
      ? COUNT_ON_MILLIS
      : false,
});

const parameters = (search: LetterSearch) => new URLSearchParams({ ...filterOf(search) });

export const lettersQuery = (topic: string, search: LetterSearch) =>
  infiniteQueryOptions({
    queryKey: ["dead-letters", topic, "letters", filterOf(search)],
    initialPageParam: "",
    queryFn: ({ pageParam, signal }) => {
      const asked = parameters(search);
      if (pageParam !== "") {
        asked.set("before", pageParam);
      }
      return getExactly<DeadLetterPage>(`${path`/api/v1/dead-letters/${topic}`}?${asked}`, signal);
    },
    getNextPageParam: (page: DeadLetterPage) => page.next,
    ...EXACT,
  });

/** With key and value as text, exactly as they are stored: JSON.parse would round numbers. */
export const letterTextQuery = (topic: string, letter: string) =>
  queryOptions({
    queryKey: ["dead-letters", topic, "letter", letter, "text"],
    queryFn: ({ signal }) =>
      get<DeadLetter>(path`/api/v1/dead-letters/${topic}/letters/${letter}` + "?form=text", signal),
  });

export const letterQuery = (topic: string, letter: string) =>
  queryOptions({
    queryKey: ["dead-letters", topic, "letter", letter],
    queryFn: ({ signal }) =>
      getExactly<DeadLetter>(path`/api/v1/dead-letters/${topic}/letters/${letter}`, signal),
    ...EXACT,
  });

export const jobsQuery = queryOptions({
  queryKey: ["dead-letter-jobs"],
  queryFn: ({ signal }) => get<DeadLetterJob[]>("/api/v1/dead-letter-jobs", signal),
  // Whoever comes back finds the job that was begun meanwhile.
  staleTime: 0,
});

export function job(id: string): Promise<DeadLetterJob> {
  return get(path`/api/v1/dead-letter-jobs/${id}`);
}

/** How many letters the search takes now; not remembered, since it is what someone agrees to. */
export function countMatching(topic: string, search: LetterSearch): Promise<MatchingDeadLetters> {
  return get(`${path`/api/v1/dead-letters/${topic}/count`}?${parameters(search)}`);
}

/** Which letters something is done with. */
export type Selected =
  | { letters: string[]; again?: boolean }
  | { filter: Omit<LetterSearch, "letter">; upTo: string };

export interface Edit {
  key?: string | null;
  keyEncoding?: "base64";
  value?: string | null;
  encoding?: "base64";
}

export interface Target {
  to: "origin" | "topic";
  topic?: string;
}

export function resend(
  topic: string,
  selected: Selected,
  target: Target,
  edit?: Edit,
): Promise<DeadLetterJob> {
  return send("POST", path`/api/v1/dead-letters/${topic}/resend`, {
    ...selected,
    ...target,
    ...(edit && { edit }),
  });
}

export function discard(topic: string, selected: Selected): Promise<DeadLetterJob> {
  return send("POST", path`/api/v1/dead-letters/${topic}/discard`, selected);
}

export function cancel(job: string): Promise<void> {
  return send("DELETE", path`/api/v1/dead-letter-jobs/${job}`);
}

/** What was known of letters and jobs may have changed. */
export function lettersChanged() {
  void queries.invalidateQueries({ queryKey: ["dead-letters"] });
  void queries.invalidateQueries({ queryKey: ["dead-letter-jobs"] });
}
