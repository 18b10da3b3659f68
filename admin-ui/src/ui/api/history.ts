import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "./client";
import { overviewQuery } from "./queries";
import type { History, HistoryLine } from "./schema";

export const RANGES = ["1h", "6h", "24h", "14d"] as const;
export type Range = (typeof RANGES)[number];

const HOUR = 3_600_000;
export const RANGE_MILLIS: Record<Range, number> = {
  "1h": HOUR,
  "6h": 6 * HOUR,
  "24h": 24 * HOUR,
  "14d": 14 * 24 * HOUR,
};

/** About so many points are drawn; the gateway chooses the step. */
const POINTS = 360;

/** What is kept of an older answer while a newer one is under way. */
const KEPT_MILLIS = 30_000;

/** A part of the past, in milliseconds since the epoch. */
export interface Part {
  from: number;
  to: number;
}

/** Of less there would be a few points only. */
const SHORTEST_MILLIS = 60_000;

/** The gateway knows nothing older. */
const LONGEST_MILLIS = 62 * 24 * HOUR;

/** What is older than this is kept by the minute, and by ten minutes: see the gateway's answer. */
const FINE_MILLIS = 23 * HOUR;
const MINUTES_MILLIS = (14 * 24 - 1) * HOUR;

/** A part in an address, if it is one; never shorter than is of use. */
export function partOf(from: unknown, to: unknown): Part | undefined {
  if (!isTime(from) || !isTime(to) || from >= to || to - from > LONGEST_MILLIS) {
    return undefined;
  }
  const missing = Math.max(0, SHORTEST_MILLIS - (to - from));
  return { from: from - Math.floor(missing / 2), to: to + Math.ceil(missing / 2) };
}

/** The middle half of a part; undefined if it can't be shown more closely. */
export function closer({ from, to }: Part): Part | undefined {
  const quarter = Math.floor((to - from) / 4);
  return to - from <= SHORTEST_MILLIS ? undefined : partOf(from + quarter, to - quarter);
}

/** As much, half of it earlier. */
export function earlier({ from, to }: Part): Part | undefined {
  const half = Math.floor((to - from) / 2);
  return partOf(from - half, to - half);
}

/** As much, up to half of it later; undefined if it ends now. */
export function later({ from, to }: Part, now: number): Part | undefined {
  const step = Math.min(Math.floor((to - from) / 2), now - to);
  return step <= 0 ? undefined : partOf(from + step, to + step);
}

function isTime(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

/** Seconds from one point to the next where the past is not kept as finely as the part would take. */
export function partStep({ from, to }: Part, now: number): number | undefined {
  const age = now - from;
  const unit = age <= FINE_MILLIS ? 10 : age <= MINUTES_MILLIS ? 60 : 600;
  return (to - from) / 1_000 / POINTS < unit && unit > 10 ? unit : undefined;
}

export interface HistoryRequest {
  kind:
    | "lag"
    | "topic-records"
    | "connector-records"
    | "connector-rejected"
    | "records"
    | "disk-free"
    | "log-size";
  /** Of this group, topic or connector; all if absent. */
  name?: string;
  /** For lag: in this topic. */
  topic?: string;
  by?: "total" | "name" | "topic" | "partition";
  range: Range;
  /** A part of the past instead of the range. */
  part?: Part | undefined;
  /** Seconds from one point to the next, if not as the gateway chooses. */
  step?: number;
}

/** A line whose values are null where nothing is known, which the generated type can't say. */
export interface Line extends Omit<HistoryLine, "values" | "max"> {
  values: (number | null)[];
  max: (number | null)[];
}

type Lines = Omit<History, "lines"> & { lines: Line[] };

/** A range in an address, if it is one. */
export function rangeOf(value: unknown): Range | undefined {
  return RANGES.find((known) => known === value);
}

function historyQuery(request: HistoryRequest, moment: number) {
  return queryOptions({
    queryKey: ["history", request, moment],
    queryFn: ({ signal }) => {
      const now = Date.now();
      const { range, part, step: wanted, ...rest } = request;
      const { from, to } = part ?? { from: now - RANGE_MILLIS[range], to: now };
      const step = part === undefined ? wanted : partStep(part, now);
      const parameters = new URLSearchParams({
        ...rest,
        from: String(from),
        to: String(to),
        ...(step === undefined ? {} : { step: String(step) }),
      });
      return get<Lines>(`/api/v1/history?${parameters}`, signal);
    },
    staleTime: Number.POSITIVE_INFINITY,
    gcTime: KEPT_MILLIS,
    placeholderData: keepPreviousData,
  });
}

/**
 * How something was. Asked for anew when the gateway has sampled so much that there is another
 * point, which the stream of overviews tells; nothing polls.
 */
export function useHistory(request: HistoryRequest) {
  const sampledAt = useQuery({
    ...overviewQuery,
    select: (overview) => (overview.sampledAt === undefined ? 0 : Date.parse(overview.sampledAt)),
  }).data;
  const span =
    request.part === undefined
      ? RANGE_MILLIS[request.range]
      : request.part.to - request.part.from;
  const step = (request.step ?? span / 1000 / POINTS) * 1000;
  const now = sampledAt ?? 0;
  // What a part was does not change once its end has come.
  const until = Math.min(now, request.part?.to ?? now);
  return useQuery(historyQuery(request, Math.floor(until / step)));
}
