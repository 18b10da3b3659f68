import { numberOf } from "../../../api/json";
import type { ConnectOffsets, Topic } from "../../../api/schema";

/** Where a sink or rule stands in a partition. */
export interface SinkPosition {
  topic: string;
  partition: number;
  /** The next offset to read; undefined where none is stored, which means the first. */
  stored: number | undefined;
  /** What the partition holds; undefined where it is not there (any more). */
  held: { first: number; end: number } | undefined;
}

/** A position that is to be another one. */
export interface SinkChange {
  position: SinkPosition;
  to: number;
  /** At most so many records are handled again. */
  repeated: number;
  /** At most so many records are left out. */
  skipped: number;
}

export type Shift =
  | { to: "earliest" | "latest" }
  | { to: "back" | "ahead"; records: number };

export const nameOf = ({ topic, partition }: SinkPosition) => `${topic}-${partition}`;

/** All partitions that are read or have a position, by topic and number. */
export function sinkPositions(offsets: ConnectOffsets, topics: Topic[]): SinkPosition[] {
  const found = new Map<string, SinkPosition>();
  for (const { name: topic, partitionDetails } of topics) {
    for (const { partition, startOffset: first, endOffset: end } of partitionDetails) {
      const position = { topic, partition, stored: undefined, held: { first, end } };
      found.set(nameOf(position), position);
    }
  }
  for (const entry of offsets.offsets ?? []) {
    const topic = entry.partition?.["kafka_topic"];
    const partition = numberOf(entry.partition?.["kafka_partition"]);
    const stored = numberOf(entry.offset?.["kafka_offset"]);
    if (typeof topic === "string" && Number.isInteger(partition) && Number.isInteger(stored)) {
      const held = found.get(`${topic}-${partition}`)?.held;
      found.set(`${topic}-${partition}`, { topic, partition, stored, held });
    }
  }
  return [...found.values()].sort(
    (a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition,
  );
}

/** From where it goes on now, within what the partition holds. */
export function current({ stored, held }: SinkPosition): number {
  return held === undefined ? (stored ?? 0) : within(stored ?? held.first, held);
}

function within(offset: number, { first, end }: { first: number; end: number }): number {
  return Math.min(Math.max(offset, first), end);
}

/** What another position would mean. */
export function changeOf(position: SinkPosition, to: number): SinkChange {
  const from = current(position);
  const reached = position.held === undefined ? to : within(to, position.held);
  return {
    position,
    to,
    repeated: Math.max(0, from - reached),
    skipped: Math.max(0, reached - from),
  };
}

/** Those of the wanted positions that are other than they are. */
export function changes(
  positions: SinkPosition[],
  wanted: ReadonlyMap<string, number>,
): SinkChange[] {
  return positions.flatMap((position) => {
    const to = wanted.get(nameOf(position));
    return to === undefined || to === position.stored ? [] : [changeOf(position, to)];
  });
}

/** Where everything would be; partitions that are not there stay where they are. */
export function shifted(positions: SinkPosition[], shift: Shift): Map<string, number> {
  const wanted = new Map<string, number>();
  for (const position of positions) {
    const { held } = position;
    if (held !== undefined) {
      wanted.set(nameOf(position), within(target(current(position), held, shift), held));
    }
  }
  return wanted;
}

function target(now: number, held: { first: number; end: number }, shift: Shift): number {
  switch (shift.to) {
    case "earliest":
      return held.first;
    case "latest":
      return held.end;
    case "back":
      return now - shift.records;
    case "ahead":
      return now + shift.records;
  }
}

/** The changes as the API takes them. */
export function toOffsets(changed: SinkChange[]): ConnectOffsets {
  return {
    offsets: changed.map(({ position: { topic, partition }, to }) => ({
      partition: { kafka_topic: topic, kafka_partition: partition },
      offset: { kafka_offset: to },
    })),
  };
}
