import { get } from "../../api/client";
import type { EventPage } from "../../api/schema";

/** A page of events, and the offset of the newest of all before it was asked for; -1 if there is none. */
export interface PageFrom extends EventPage {
  end: number;
}

/**
 * The end is asked for first: where none of the page's events says it, new ones are followed from there,
 * and none is missed between.
 */
export async function pageFrom(asked: URLSearchParams, signal: AbortSignal): Promise<PageFrom> {
  const newest = asked.has("before")
    ? undefined
    : await get<EventPage>("/api/v1/events?limit=1", signal);
  const page = await get<EventPage>(`/api/v1/events?${asked}`, signal);
  return { ...page, end: newest?.events[0]?.offset ?? -1 };
}
