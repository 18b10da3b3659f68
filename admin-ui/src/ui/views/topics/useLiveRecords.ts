import { useEffect, useRef, useState } from "react";
import { path } from "../../api/client";
import type { Record as TopicRecord } from "../../api/schema";

/** So many are kept; older ones make room. */
const KEPT = 500;

/** What has come is shown so often, however much comes. */
const SHOW_MILLIS = 200;

interface Live {
  /** The newest first. */
  records: TopicRecord[];
  /** How many have made room. */
  dropped: number;
  /** Whether everything that comes from now on will be here. */
  isOpen: boolean;
  isLost: boolean;
}

const NOTHING: Live = { records: [], dropped: 0, isOpen: false, isLost: false };

/**
 * A topic's records as they come. While paused nothing is received: the stream goes on later where
 * it was left, so that no record is missed.
 */
export function useLiveRecords(
  topic: string,
  partition: number | undefined,
  isPaused: boolean,
): Live {
  const [live, setLive] = useState<Live>(NOTHING);
  const position = useRef<string>("latest");

  useEffect(() => {
    position.current = "latest";
    setLive(NOTHING);
  }, [topic, partition]);

  useEffect(() => {
    if (isPaused) {
      return;
    }
    const parameters = new URLSearchParams({ from: position.current });
    if (partition !== undefined) {
      parameters.set("partition", String(partition));
    }
    const source = new EventSource(`${path`/api/v1/topics/${topic}/stream`}?${parameters}`);
    let arrived: TopicRecord[] = [];
    source.onmessage = (event: MessageEvent<string>) => {
      arrived.push(JSON.parse(event.data) as TopicRecord);
      position.current = event.lastEventId;
    };
    const opened = (isOpen: boolean) => setLive((old) => ({ ...old, isOpen, isLost: !isOpen }));
    source.onopen = () => opened(true);
    source.onerror = () => opened(false);
    const show = window.setInterval(() => {
      const fresh = arrived;
      arrived = [];
      if (fresh.length > 0) {
        setLive((old) => add(old, fresh));
      }
    }, SHOW_MILLIS);
    return () => {
      source.close();
      window.clearInterval(show);
      setLive((old) => add(old, arrived));
    };
  }, [topic, partition, isPaused]);

  return live;
}

/** Puts what has come before what is there, and lets go of the oldest. */
export function add(live: Live, fresh: TopicRecord[]): Live {
  const records = [...fresh.toReversed(), ...live.records];
  const tooMany = Math.max(0, records.length - KEPT);
  return {
    ...live,
    records: records.slice(0, KEPT),
    dropped: live.dropped + tooMany,
  };
}
