import { describe, expect, it } from "vitest";
import { changed } from "./overview";
import type { ConnectorSummary, Overview, TopicSummary } from "./schema";

const topic = (name: string, records = 0) => ({ name, records }) as TopicSummary;
const connector = (name: string) => ({ name }) as ConnectorSummary;

const before = {
  time: "1",
  topics: [topic("a"), topic("c")],
  connectors: [connector("x")],
} as Overview;

const nothing = { time: "2", topics: [], connectors: [], goneTopics: [], goneConnectors: [] };

describe("an overview", () => {
  it("takes in what is new, what has changed and what is gone", () => {
    const after = changed(before, {
      ...nothing,
      topics: [topic("b"), topic("c", 5)],
      goneTopics: ["a"],
      goneConnectors: ["x"],
    });
    expect(after.time).toBe("2");
    expect(after.topics).toEqual([topic("b"), topic("c", 5)]);
    expect(after.connectors).toEqual([]);
  });

  it("keeps what has not changed", () => {
    const after = changed(before, { ...nothing, topics: [topic("c", 5)] });
    expect(after.connectors).toBe(before.connectors);
    expect(after.topics[0]).toBe(before.topics[0]);
  });
});
