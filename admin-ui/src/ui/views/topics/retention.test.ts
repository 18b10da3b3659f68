import { describe, expect, it } from "vitest";
import type { TopicSummary } from "../../api/schema";
import { retentionOf } from "./retention";

const topic = (some: Partial<TopicSummary>) =>
  ({ retention: {}, compacted: false, ...some }) as TopicSummary;

describe("how long a topic keeps its records", () => {
  it("is told in a few words", () => {
    expect(retentionOf(topic({}))).toBe("forever");
    expect(retentionOf(topic({ retention: { time: "7d", size: "1GiB" } }))).toBe("7d, 1GiB");
    expect(retentionOf(topic({ retention: { consumed: ["a"] } }))).toBe("until read");
    expect(retentionOf(topic({ compacted: true, retention: { time: "7d" } }))).toBe(
      "latest of each key, 7d",
    );
  });
});
