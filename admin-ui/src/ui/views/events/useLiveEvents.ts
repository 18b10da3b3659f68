import { useEffect, useRef, useState } from "react";
import { type ApiError, failureIn } from "../../api/client";
import { follow } from "../../api/follow";
import type { Event } from "../../api/schema";
import { type EventSearch, isOpenEnded, parameters } from "./search";

/** So many new ones are kept; what is older can be asked for. */
const KEPT = 2_000;

interface Course {
  isLost: boolean;
  /** Why the gateway has ended the stream. */
  error?: ApiError;
}

const WELL: Course = { isLost: false };

/**
 * Events that come after an offset, the newest first. While paused none are received: the stream
 * goes on later where it was left.
 */
export function useLiveEvents(search: EventSearch, after: number | undefined, isPaused: boolean) {
  const [events, setEvents] = useState<Event[]>([]);
  const [course, setCourse] = useState(WELL);
  const [turn, setTurn] = useState(0);
  const key = parameters(search).toString();
  const [last, setLast] = useState(key);
  if (last !== key) {
    setLast(key);
    setEvents([]);
    setCourse(WELL);
  }
  const isLive = isOpenEnded(search) && !isPaused && after !== undefined;
  // Where it goes on if it is opened now.
  const position = useRef(-1);
  position.current = Math.max(after ?? -1, events[0]?.offset ?? -1);
  useEffect(() => {
    if (!isLive) {
      return;
    }
    const unfollow = follow((lastId) => streamOf(key, Number(lastId ?? position.current)), {
      onMessage: (data) => setEvents((old) => newest(old, JSON.parse(data) as Event)),
      onOpen: () => setCourse(WELL),
      onLost: () => setCourse({ isLost: true }),
      onProblem: (data) => {
        unfollow();
        setCourse({ isLost: false, error: failureIn(data) });
      },
    });
    return unfollow;
  }, [isLive, key, turn]);
  return { events, ...course, again: () => setTurn(turn + 1) };
}

function streamOf(key: string, after: number): string {
  const { from: _, to: __, ...filter } = Object.fromEntries(new URLSearchParams(key));
  const query = new URLSearchParams({
    ...filter,
    ...(after >= 0 && { after: String(after) }),
  });
  return `/api/v1/events/stream?${query}`;
}

/** With one more before those that there are; the stream may tell one twice when it begins anew. */
export function newest(events: Event[], event: Event): Event[] {
  const first = events[0];
  return first !== undefined && event.offset <= first.offset
    ? events
    : [event, ...events].slice(0, KEPT);
}
