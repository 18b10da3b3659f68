import { useQuery } from "@tanstack/react-query";
import { useEffect, useRef, useState } from "react";
import { type ApiError, failureIn, get, path } from "../../api/client";
import { follow } from "../../api/follow";
import { parseExactly } from "../../api/json";
import type { Topic, Record as TopicRecord, Unreadable } from "../../api/schema";
import { ends } from "./positions";

/** So many are kept; older ones make room. */
const KEPT = 500;

/** So many places that can't be read are kept, the latest. */
const KEPT_PLACES = 20;

/** What has come is shown so often, however much comes. */
const SHOW_MILLIS = 200;

interface Live {
  /** The newest first. */
  records: TopicRecord[];
  /** What lay among them and can't be read, and partitions that are offline. */
  unreadable: Unreadable[];
  /** How many have made room. */
  dropped: number;
  /** Whether everything that comes from now on will be here. */
  isOpen: boolean;
  isLost: boolean;
  /** Why the gateway has ended the stream. */
  error?: ApiError | undefined;
}

const NOTHING: Live = { records: [], unreadable: [], dropped: 0, isOpen: false, isLost: false };

/**
 * A topic's records as they come. While paused nothing is received: the stream goes on later where
 * it was left, so that no record is missed.
 */
export function useLiveRecords(
  topic: string,
  partition: number | undefined,
  isPaused: boolean,
): Live & { again: () => void } {
  const [live, setLive] = useState<Live>(NOTHING);
  const [turn, setTurn] = useState(0);
  const position = useRef<string>(undefined);
  const start = useStart(topic, partition);

  useEffect(() => {
    position.current = undefined;
    setLive(NOTHING);
  }, [topic, partition]);

  useEffect(() => {
    if (isPaused || start.data === undefined) {
      return;
    }
    position.current ??= start.data;
    let arrived: TopicRecord[] = [];
    const set = (state: Partial<Live>) => setLive((old) => ({ ...old, ...state }));
    const unfollow = follow(() => streamOf(topic, partition, position.current), {
      onMessage: (data, id) => {
        arrived.push(parseExactly<TopicRecord>(data));
        position.current = id;
      },
      onNamed: {
        unreadable: (data, id) => {
          position.current = id;
          const place = JSON.parse(data) as Unreadable;
          // What came before says nothing of whether the partition is there now.
          const before = arrived;
          arrived = [];
          setLive((old) => withPlace(add(old, before), place));
        },
      },
      onOpen: () => set({ isOpen: true, isLost: false, error: undefined }),
      onLost: () => set({ isOpen: false, isLost: true }),
      onProblem: (data) => {
        unfollow();
        set({ isOpen: false, isLost: false, error: failureIn(data) });
      },
    });
    const show = window.setInterval(() => {
      const fresh = arrived;
      arrived = [];
      if (fresh.length > 0) {
        setLive((old) => add(old, fresh));
      }
    }, SHOW_MILLIS);
    return () => {
      unfollow();
      window.clearInterval(show);
      setLive((old) => add(old, arrived));
    };
  }, [topic, partition, isPaused, start.data, turn]);

  const again = () => setTurn(turn + 1);
  return { ...live, isLost: live.isLost || start.failureCount > 0, again };
}

/**
 * Where the topic ends when one begins to look. The stream would begin there by itself, but it does not
 * say where that is: who pauses before the first record could not go on from there.
 */
function useStart(topic: string, partition: number | undefined) {
  return useQuery({
    queryKey: ["topic-ends", topic, partition],
    queryFn: async ({ signal }) => {
      const { partitionDetails } = await get<Topic>(path`/api/v1/topics/${topic}`, signal);
      return ends(partitionDetails, partition);
    },
    retry: true,
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: 0,
  });
}

function streamOf(topic: string, partition: number | undefined, from = "latest"): string {
  const parameters = new URLSearchParams({ from });
  if (partition !== undefined) {
    parameters.set("partition", String(partition));
  }
  return `${path`/api/v1/topics/${topic}/stream`}?${parameters}`;
}

const isOffline = ({ offset, nextOffset }: Unreadable) => nextOffset === offset;

/** A partition is offline once, and no more when there is something of it. */
function withPlace(live: Live, place: Unreadable): Live {
  const isOther = (one: Unreadable) =>
    one.partition !== place.partition || !(isOffline(one) || one.offset === place.offset);
  return { ...live, unreadable: [...live.unreadable.filter(isOther), place].slice(-KEPT_PLACES) };
}

/** Puts what has come before what is there, and lets go of the oldest. */
export function add(live: Live, fresh: TopicRecord[]): Live {
  const records = [...fresh.toReversed(), ...live.records];
  const back = new Set(fresh.map(({ partition }) => partition));
  const tooMany = Math.max(0, records.length - KEPT);
  return {
    ...live,
    records: records.slice(0, KEPT),
    unreadable: live.unreadable.filter((place) => !(isOffline(place) && back.has(place.partition))),
    dropped: live.dropped + tooMany,
  };
}
