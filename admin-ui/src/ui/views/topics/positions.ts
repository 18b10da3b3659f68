import type { Partition, RecordPage, Topic } from "../../api/schema";
import { getExactly, path } from "../../api/client";
import type { RecordSearch } from "./search";

export const PAGE_RECORDS = 100;

/** So many pages are kept; one may have megabytes. */
export const KEPT_PAGES = 20;

/** Whether records are read back from the newest. */
export const isBackward = ({ start }: RecordSearch) => start === undefined;

/** The parameters of a request for records that begins where the address says. */
export function beginning(topic: Topic, search: RecordSearch): URLSearchParams {
  const parameters = new URLSearchParams({ limit: String(PAGE_RECORDS) });
  const { partition, start, time } = search;
  if (partition !== undefined) {
    parameters.set("partition", String(partition));
  }
  if (isBackward(search)) {
    parameters.set("before", "latest");
  } else if (start === "offset" && partition !== undefined) {
    parameters.set("offset", String(search.offset ?? firstOffset(topic, partition)));
  } else {
    parameters.set("from", start === "time" && time !== undefined ? time : "earliest");
  }
  return parameters;
}

/** The oldest offset of a partition that can be read. */
export function firstOffset(topic: Topic, partition: number): number {
  return topic.partitionDetails.find((one) => one.partition === partition)?.startOffset ?? 0;
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

/** The parameters for the page behind one; undefined if there is none, nor ever will be. */
export function following(page: RecordPage, search: RecordSearch): URLSearchParams | undefined {
  const isBack = isBackward(search);
  if (isBack && page.next === "") {
    return undefined;
  }
  const parameters = new URLSearchParams({
    limit: String(PAGE_RECORDS),
    [isBack ? "before" : "from"]: page.next,
  });
  if (search.partition !== undefined) {
    parameters.set("partition", String(search.partition));
  }
  return parameters;
}
