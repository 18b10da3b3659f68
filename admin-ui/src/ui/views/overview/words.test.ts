import { describe, expect, it } from "vitest";
import { connector } from "./example";
import { facts, flowWords } from "./words";

describe("what a connector's node says", () => {
  it("is how much it carries and how much waits for it, both if there are both", () => {
    expect(facts(connector("a", { lag: 1_200, recordsPerSecond: 35 }))).toBe("35/s · 1,200 waiting");
    expect(facts(connector("a", { lag: 7 }))).toBe("7 waiting");
    expect(facts(connector("a", { recordsPerSecond: 0.5 }))).toBe("0.5/s");
  });

  it("is its type while nothing happens", () => {
    expect(facts(connector("a", { type: "mqtt" }))).toBe("mqtt");
  });
});

it("what an edge says is nothing while nothing flows or waits", () => {
  expect(flowWords(undefined)).toBe("");
  expect(flowWords({ topic: "orders", recordsPerSecond: 2, lag: 3 })).toBe("2/s · 3 waiting");
});
