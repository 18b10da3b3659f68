import { describe, expect, it } from "vitest";
import type { Topic } from "../../api/schema";
import { beginning, ends, newest } from "./positions";

const partition = (number: number, startOffset: number, endOffset: number) => ({
  partition: number,
  startOffset,
  endOffset,
  sizeBytes: 0,
});

const topic: Topic = {
  name: "orders",
  internal: false,
  partitions: 2,
  records: 1010,
  sizeBytes: 0,
  partitionDetails: [partition(0, 0, 1000), partition(1, 90, 100)],
};

describe("where records are read", () => {
  it("is the newest of each partition, if nothing else is said", () => {
    expect(newest(topic.partitionDetails)).toBe("0:950,1:90");
    expect(newest(topic.partitionDetails, 0)).toBe("0:900");
    expect(beginning(topic, {}).get("from")).toBe("0:950,1:90");
  });

  it("leaves out partitions that are offline", () => {
    expect(newest([{ ...partition(0, 0, 9), offlineReason: "rot" }, partition(1, 0, 9)])).toBe(
      "1:0",
    );
  });

  it("is the end of each partition, as far as that can be said in a request", () => {
    expect(ends(topic.partitionDetails)).toBe("0:1000,1:100");
    expect(ends(topic.partitionDetails, 1)).toBe("1:100");
    expect(ends(Array.from({ length: 1_000 }, (_, i) => partition(i, 0, 9)))).toBe("latest");
  });

  it("is an offset of one partition, a time, or the beginning", () => {
    expect(beginning(topic, { start: "offset", partition: 1, offset: 95 }).toString()).toBe(
      "limit=100&partition=1&offset=95",
    );
    expect(beginning(topic, { start: "time", time: "2026-01-01T00:00:00Z" }).get("from")).toBe(
      "2026-01-01T00:00:00Z",
    );
    expect(beginning(topic, { start: "earliest" }).get("from")).toBe("earliest");
  });
});
