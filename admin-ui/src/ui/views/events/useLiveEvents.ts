import { useEffect, useState } from "react";
import { follow } from "../../api/follow";
import type { Event } from "../../api/schema";
import { type EventSearch, isOpenEnded, parameters } from "./search";

/** So many new ones are kept; what is older can be asked for. */
const KEPT = 2_000;

/**
 * Events that come after an offset, the newest first. While paused none are received: the stream
 * goes on later where it was left.
 */
export function useLiveEvents(search: EventSearch, after: number | undefined, isPaused: boolean) {
  const [events, setEvents] = useState<Event[]>([]);
  const [isLost, setLost] = useState(false);
  const key = parameters(search).toString();
  const [last, setLast] = useState(key);
  if (last !== key) {
    setLast(key);
    setEvents([]);
  }
  const isLive = isOpenEnded(search) && !isPaused && after !== undefined;
  const start = Math.max(after ?? -1, events[0]?.offset ?? -1);
  useEffect(() => {
    if (!isLive) {
      return;
    }
    const { from: _, to: __, ...filter } = Object.fromEntries(new URLSearchParams(key));
    const query = new URLSearchParams({
      ...filter,
      ...(start >= 0 && { after: String(start) }),
    });
    return follow(`/api/v1/events/stream?${query}`, {
      onMessage: (data) => {
        setLost(false);
        setEvents((old) => newest(old, JSON.parse(data) as Event));
      },
      onLost: () => setLost(true),
    });
    // Where it starts is asked once: from then on the stream itself knows where it is.
  }, [isLive, key]);
  return { events, isLost };
}

/** With one more before those that there are; the stream may tell one twice when it begins anew. */
export function newest(events: Event[], event: Event): Event[] {
  const first = events[0];
  return first !== undefined && event.offset <= first.offset
    ? events
    : [event, ...events].slice(0, KEPT);
}
