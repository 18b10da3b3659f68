import { expect, it } from "vitest";
import type { DeadLetterTopic } from "../../../api/schema";
import { deadLetterTopicOf } from "./deadLetterTopic";

const topic = (name: string, ...connectors: string[]) => ({ name, connectors }) as DeadLetterTopic;

it("leads to the topic where a connector sets records aside, if that is one", () => {
  const topics = [topic("a.dead", "a"), topic("shared", "b", "c"), topic("old", "c")];
  expect(deadLetterTopicOf(topics, "a")?.name).toBe("a.dead");
  expect(deadLetterTopicOf(topics, "b")?.name).toBe("shared");
  expect(deadLetterTopicOf(topics, "c")).toBeUndefined();
  expect(deadLetterTopicOf(topics, "d")).toBeUndefined();
});
