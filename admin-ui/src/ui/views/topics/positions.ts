import type { Partition, RecordPage, Topic } from "../../api/schema";
import { getExactly, path } from "../../api/client";
import type { RecordSearch } from "./search";

export const PAGE_RECORDS = 100;

/** The parameters of a request for records that begins where the address says. */
export function beginning(topic: Topic, search: RecordSearch): URLSearchParams {
  const parameters = new URLSearchParams({ limit: String(PAGE_RECORDS) });
  const { partition } = search;
  if (partition !== undefined) {
    parameters.set("partition", String(partition));
  }
  if (search.start === "offset" && partition !== undefined) {
    parameters.set("offset", String(search.offset ?? 0));
  } else {
    parameters.set("from", from(topic, search));
  }
  return parameters;
}

function from(topic: Topic, { start, time, partition }: RecordSearch): string {
  if (start === "time" && time !== undefined) {
    return time;
  }
  return start === "earliest" || start === "offset"
    ? "earliest"
    : newest(topic.partitionDetails, partition);
}

/** Positions behind which lie about as many records as a page has, the newest of each partition. */
export function newest(partitions: Partition[], only?: number): string {
  const chosen = partitions.filter(
    ({ partition, offlineReason }) =>
      offlineReason === undefined && (only === undefined || partition === only),
  );
  if (chosen.length === 0) {
    return "earliest";
  }
  const each = Math.max(1, Math.floor(PAGE_RECORDS / chosen.length));
  return chosen
    .map(
      ({ partition, startOffset, endOffset }) =>
        `${partition}:${Math.max(startOffset, endOffset - each)}`,
    )
    .join(",");
}

/** Longer positions than these don't fit into a request's first line. */
const LONGEST_POSITIONS = 3_000;

/** The position behind the last record; only by name where there are too many partitions. */
export function ends(partitions: Partition[], only?: number): string {
  const positions = partitions
    .filter(({ partition }) => only === undefined || partition === only)
    .map(({ partition, endOffset }) => `${partition}:${endOffset}`)
    .join(",");
  return positions === "" || positions.length > LONGEST_POSITIONS ? "latest" : positions;
}

export function readPage(
  topic: string,
  parameters: URLSearchParams,
  signal: AbortSignal,
): Promise<RecordPage> {
  return getExactly(`${path`/api/v1/topics/${topic}/records`}?${parameters}`, signal);
}

/** The parameters for what follows a page. */
export function following(page: RecordPage, partition?: number): URLSearchParams {
  const parameters = new URLSearchParams({ limit: String(PAGE_RECORDS), from: page.next });
  if (partition !== undefined) {
    parameters.set("partition", String(partition));
  }
  return parameters;
}
