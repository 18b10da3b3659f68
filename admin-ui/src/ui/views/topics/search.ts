/** Where in a topic to look; lives in the address. */
export interface RecordSearch {
  tab?: "partitions" | "settings";
  start?: "earliest" | "time" | "offset" | "live";
  partition?: number;
  /** ISO 8601, for `start: time`. */
  time?: string;
  /** For `start: offset`. */
  offset?: number;
}

const TABS = ["partitions", "settings"] as const;
const STARTS = ["earliest", "time", "offset", "live"] as const;

/** Only what is known and well-formed is taken from the address. */
export function recordSearch(search: Record<string, unknown>): RecordSearch {
  const tab = TABS.find((known) => known === search["tab"]);
  const start = STARTS.find((known) => known === search["start"]);
  const partition = count(search["partition"]);
  const offset = count(search["offset"]);
  const time = search["time"];
  return {
    ...(tab && { tab }),
    ...(start && { start }),
    ...(partition !== undefined && { partition }),
    ...(offset !== undefined && { offset }),
    ...(typeof time === "string" && !Number.isNaN(Date.parse(time)) && { time }),
  };
}

function count(value: unknown): number | undefined {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0
    ? value
    : undefined;
}
