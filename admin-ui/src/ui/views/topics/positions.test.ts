import { describe, expect, it } from "vitest";
import type { Topic } from "../../api/schema";
import { beginning, ends, following } from "./positions";

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
  it("is back from the newest, if nothing else is said, until nothing is left", () => {
    expect(beginning(topic, {}).toString()).toBe("limit=100&before=latest");
    const page = { records: [], unreadable: [], next: "0:900,1:95" };
    expect(following(page, {})?.get("before")).toBe("0:900,1:95");
    expect(following(page, { partition: 0 })?.get("partition")).toBe("0");
    expect(following({ ...page, next: "" }, {})).toBeUndefined();
  });

  it("goes on behind a page otherwise", () => {
    const page = { records: [], unreadable: [], next: "0:900,1:95" };
    expect(following(page, { start: "earliest" })?.toString()).toBe(
      `limit=100&${new URLSearchParams({ from: "0:900,1:95" })}`,
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
    expect(beginning(topic, { start: "offset", partition: 1 }).get("offset")).toBe("90");
    expect(beginning(topic, { start: "time", time: "2026-01-01T00:00:00Z" }).get("from")).toBe(
      "2026-01-01T00:00:00Z",
    );
    expect(beginning(topic, { start: "earliest" }).get("from")).toBe("earliest");
  });
});
