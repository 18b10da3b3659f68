import { keepPreviousData, queryOptions, useQuery } from "@tanstack/react-query";
import { get } from "./client";
import { overviewQuery } from "./queries";
import type { History, HistoryLine } from "./schema";

export const RANGES = ["1h", "6h", "24h", "14d"] as const;
export type Range = (typeof RANGES)[number];

const HOUR = 3_600_000;
const RANGE_MILLIS: Record<Range, number> = {
  "1h": HOUR,
  "6h": 6 * HOUR,
  "24h": 24 * HOUR,
  "14d": 14 * 24 * HOUR,
};

/** About so many points are drawn; the gateway chooses the step. */
const POINTS = 360;

/** What is kept of an older answer while a newer one is under way. */
const KEPT_MILLIS = 30_000;

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
      const { range, step, ...rest } = request;
      const parameters = new URLSearchParams({
        ...rest,
        from: String(Date.now() - RANGE_MILLIS[range]),
        to: String(Date.now()),
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
  const step = (request.step ?? RANGE_MILLIS[request.range] / 1000 / POINTS) * 1000;
  return useQuery(historyQuery(request, Math.floor((sampledAt ?? 0) / step)));
}
