import { describe, expect, it } from "vitest";
import { type Difference, differences, losses } from "./losses";

const lost = (setting: string, before?: string, after?: string) =>
  losses("orders", [{ setting, before, after } as Difference]);

describe("records of a topic", () => {
  it("go when they are kept for less time or in less space", () => {
    expect(lost("retention.time", "30d", "7d")).toEqual([
      "Records of orders that are older than 7d are deleted.",
    ]);
    expect(lost("retention.time", undefined, "7d")).toHaveLength(1);
    expect(lost("retention.time", "7d", "168h")).toEqual([]);
    expect(lost("retention.time", "7d", "30d")).toEqual([]);
    expect(lost("retention.time", "7d", undefined)).toEqual([]);
    expect(lost("retention.size", "1GiB", "1GB")).toEqual([
      "The oldest records of orders are deleted where a partition is larger than 1GB.",
    ]);
    expect(lost("retention.size", "1GB", "1GiB")).toEqual([]);
  });

  it("go once they are read, when that is new or waits for fewer readers", () => {
    expect(lost("retention.consumed", undefined, "true")[0]).toContain("all its readers");
    expect(lost("retention.consumed", "true", "[a]")).toHaveLength(1);
    expect(lost("retention.consumed", "[a, b]", "[a]")[0]).toContain("read them: a.");
    expect(lost("retention.consumed", "[a]", "[a, b]")).toEqual([]);
    expect(lost("retention.consumed", "[a]", undefined)).toEqual([]);
  });

  it("go when only the latest of each key is kept", () => {
    expect(lost("compact", undefined, "true")[0]).toContain("only the latest");
    expect(lost("compact", "true", undefined)).toEqual([]);
    expect(lost("compact.min-lag", "1h", "2h")).toEqual([]);
  });

  it("stay when anything else changes", () => {
    expect(lost("flush", undefined, "os")).toEqual([]);
    expect(lost("partitions", "1", "3")).toEqual([]);
  });
});

describe("what differs between settings", () => {
  it("is named and written as in the file", () => {
    expect(
      differences(
        { retention: { time: "30d", consumed: ["a", "b"] }, compact: true, flush: "os" },
        { retention: { time: "7d", consumed: true }, compact: { "min-lag": "1h" }, flush: "os" },
      ),
    ).toEqual([
      { setting: "retention.time", before: "30d", after: "7d" },
      { setting: "retention.consumed", before: "[a, b]", after: "true" },
      { setting: "compact.min-lag", before: undefined, after: "1h" },
    ]);
  });

  it("is nothing where something is said not to be", () => {
    expect(differences({}, { compact: false, retention: { consumed: false } })).toEqual([]);
  });
});
