import { describe, expect, it } from "vitest";
import type { Topic } from "../../../api/schema";
import { changes, shifted, type SinkPosition, sinkPositions, toOffsets } from "./sinkPositions";

const at = (partition: number, stored: number | undefined): SinkPosition => ({
  topic: "orders",
  partition,
  stored,
  held: { first: 10, end: 50 },
});

const change = (position: SinkPosition, to: number) =>
  changes([position], new Map([["orders-" + position.partition, to]]))[0];

describe("positions of a sink", () => {
  it("are those of all partitions it reads, stored or not, and of those that are gone", () => {
    const topic = {
      name: "orders",
      partitionDetails: [
        { partition: 0, startOffset: 10, endOffset: 50 },
        { partition: 1, startOffset: 0, endOffset: 0 },
      ],
    } as unknown as Topic;
    const offsets = {
      offsets: [
        { partition: { kafka_topic: "orders", kafka_partition: 0 }, offset: { kafka_offset: 42 } },
        { partition: { kafka_topic: "gone", kafka_partition: 3 }, offset: { kafka_offset: 7 } },
      ],
    };
    expect(sinkPositions(offsets, [topic])).toEqual([
      { topic: "gone", partition: 3, stored: 7, held: undefined },
      { topic: "orders", partition: 0, stored: 42, held: { first: 10, end: 50 } },
      { topic: "orders", partition: 1, stored: undefined, held: { first: 0, end: 0 } },
    ]);
  });

  it("that go back repeat records, those that go ahead skip some", () => {
    expect(change(at(0, 42), 40)).toMatchObject({ repeated: 2, skipped: 0 });
    expect(change(at(0, 42), 50)).toMatchObject({ repeated: 0, skipped: 8 });
  });

  it("repeat and skip no more than there is", () => {
    expect(change(at(0, 42), 0)).toMatchObject({ to: 0, repeated: 32 });
    expect(change(at(0, 42), 99)).toMatchObject({ to: 99, skipped: 8 });
    expect(change(at(0, 3), 10)).toMatchObject({ repeated: 0, skipped: 0 });
    expect(change(at(0, undefined), 12)).toMatchObject({ repeated: 0, skipped: 2 });
  });

  it("that stay what they are are no change", () => {
    expect(change(at(0, 42), 42)).toBeUndefined();
    expect(changes([at(0, 42)], new Map())).toEqual([]);
  });

  it("can be moved together, within what each partition holds", () => {
    const all = [at(0, 42), at(1, undefined), { ...at(2, 7), held: undefined }];
    const to = (shift: Parameters<typeof shifted>[1]) => [...shifted(all, shift)];
    expect(to({ to: "earliest" })).toEqual([
      ["orders-0", 10],
      ["orders-1", 10],
    ]);
    expect(to({ to: "latest" })).toEqual([
      ["orders-0", 50],
      ["orders-1", 50],
    ]);
    expect(to({ to: "back", records: 5 })).toEqual([
      ["orders-0", 37],
      ["orders-1", 10],
    ]);
    expect(to({ to: "ahead", records: 20 })).toEqual([
      ["orders-0", 50],
      ["orders-1", 30],
    ]);
  });

  it("are sent in Kafka Connect’s form", () => {
    expect(toOffsets(changes([at(1, 42)], new Map([["orders-1", 40]])))).toEqual({
      offsets: [
        { partition: { kafka_topic: "orders", kafka_partition: 1 }, offset: { kafka_offset: 40 } },
      ],
    });
  });
});
