import { useCallback, useEffect, useRef, useState } from "react";
import { ApiError, failureIn, path } from "../../api/client";
import { events } from "../../api/events";
import { parseExactly } from "../../api/json";
import type {
  SearchEnd,
  SearchProgress,
  Record as TopicRecord,
  Unreadable,
} from "../../api/schema";
import { search as text } from "../../text/en/search";

/** What has come is shown so often, however much comes. */
const SHOW_MILLIS = 200;

export interface Found {
  records: TopicRecord[];
  unreadable: Unreadable[];
  progress?: SearchProgress;
  /** Once it has ended by itself. */
  end?: SearchEnd;
  /** Why it could not begin or go on. */
  error?: Error;
  isRunning: boolean;
}

const NOTHING: Found = { records: [], unreadable: [], isRunning: true };

export interface Searching extends Found {
  /** Stops it; what was found stays. */
  cancel: () => void;
  /** Goes on where it has ended. */
  more: () => void;
}

/**
 * Searches a topic while it is shown, and gives back what has been found so far. With another turn it
 * searches for the same once more.
 */
export function useSearch(topic: string, parameters: URLSearchParams, turn: number): Searching {
  const [found, setFound] = useState<Found>(NOTHING);
  const running = useRef<AbortController>(undefined);

  const run = useCallback(
    (wanted: URLSearchParams) => {
      const abort = new AbortController();
      running.current = abort;
      // One that has been replaced is not heard any more.
      const collected = new Collector((take) => running.current === abort && setFound(take));
      const show = window.setInterval(() => collected.flush(), SHOW_MILLIS);
      const url = `${path`/api/v1/topics/${topic}/search`}?${wanted}`;
      void collect(url, abort.signal, collected).finally(() => {
        window.clearInterval(show);
        collected.finish();
      });
    },
    [topic],
  );

  const query = parameters.toString();
  useEffect(() => {
    setFound(NOTHING);
    run(new URLSearchParams(query));
    return () => {
      running.current?.abort();
      running.current = undefined;
    };
  }, [run, query, turn]);

  return {
    ...found,
    cancel: () => running.current?.abort(),
    more: () => {
      if (found.end !== undefined) {
        const wanted = new URLSearchParams(parameters);
        wanted.set("from", found.end.from);
        wanted.set("to", found.end.to);
        setFound(({ end: _, ...old }) => ({ ...old, isRunning: true }));
        run(wanted);
      }
    },
  };
}

/** Takes in a search's events until it ends, fails or is cancelled; never fails itself. */
export async function collect(url: string, signal: AbortSignal, into: Collector): Promise<void> {
  try {
    for await (const { name, data } of events(url, signal)) {
      switch (name) {
        case "match":
          into.records.push(parseExactly<TopicRecord>(data));
          break;
        case "unreadable":
          into.unreadable.push(JSON.parse(data) as Unreadable);
          break;
        case "progress":
          into.progress = JSON.parse(data) as SearchProgress;
          break;
        case "end":
          into.end = JSON.parse(data) as SearchEnd;
          into.progress = into.end.progress;
          return;
        case "problem":
          throw failureIn(data);
      }
    }
    throw new ApiError(0, text.interrupted);
  } catch (failure) {
    if (!signal.aborted) {
      into.error = failure instanceof ApiError ? failure : new ApiError(0, text.interrupted);
    }
  }
}

/** What has come since it was last shown. */
export class Collector {
  records: TopicRecord[] = [];
  unreadable: Unreadable[] = [];
  progress: SearchProgress | undefined;
  end: SearchEnd | undefined;
  error: Error | undefined;
  private readonly show: (take: (old: Found) => Found) => unknown;

  constructor(show: (take: (old: Found) => Found) => unknown) {
    this.show = show;
  }

  flush() {
    const { records, unreadable, progress } = this;
    this.records = [];
    this.unreadable = [];
    this.show((old) => ({
      ...old,
      records: records.length === 0 ? old.records : [...old.records, ...records],
      unreadable: unreadable.length === 0 ? old.unreadable : [...old.unreadable, ...unreadable],
      ...(progress && { progress }),
    }));
  }

  finish() {
    this.flush();
    const { end, error } = this;
    this.show((old) => ({
      ...old,
      isRunning: false,
      ...(end && { end }),
      ...(error && { error }),
    }));
  }
}
