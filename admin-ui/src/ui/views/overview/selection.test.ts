import { describe, expect, it } from "vitest";
import { connector, overviewOf, topic } from "./example";
import { drawn, MAX_DRAWN, MAX_TOPICS, MAX_TOPICS_EACH, pipelineFilter, selected } from "./selection";

const many = Array.from({ length: MAX_DRAWN + 1 }, (_, i) =>
  connector(`sink-${i}`, { reads: [`topic-${i}`] }),
);
const names = (found: { name: string }[]) => found.map(({ name }) => name);

describe("the pipelines that are drawn", () => {
  it("are all of them as long as they can be read", () => {
    const few = overviewOf(many.slice(0, 3), []);
    expect(selected(few, {})).toHaveLength(3);
  });

  it("are those that need attention, if there are too many", () => {
    const crowd = {
      ...overviewOf(many, []),
      attention: [
        { kind: "failed", severity: "error", subject: "sink-7", message: "" },
        { kind: "offline", severity: "error", subject: "topic-8", message: "" },
        { kind: "growing-lag", severity: "warning", subject: "connect-sink-9", message: "" },
      ] as const,
      groups: [
        {
          name: "connect-sink-9",
          type: "classic",
          state: "EMPTY" as const,
          members: 0,
          topics: [],
          partitions: 0,
          lag: 0,
          connector: "sink-9",
        },
      ],
    };
    const overview = { ...crowd, attention: [...crowd.attention] };
    expect(names(selected(overview, {}))).toEqual(["sink-7", "sink-8", "sink-9"]);
    expect(selected(overview, { troubled: false })).toHaveLength(MAX_DRAWN + 1);
    expect(names(selected(overview, { q: "sink-11" }))).toEqual(["sink-11"]);
    expect(names(selected(overview, { q: "topic-12" }))).toEqual(["sink-12"]);
  });

  it("are also those that fail and are not listed, where many do", () => {
    const crowd = many.map((each, i) => (i === 11 ? { ...each, state: "FAILED" as const } : each));
    const overview = overviewOf(crowd, [topic("topic-12", { offline: ["topic-12-0: gone"] })]);
    expect(names(selected(overview, {}))).toEqual(["sink-11", "sink-12"]);
  });

  it("show no more topics than can be read", () => {
    const topics = (count: number, of = "") => Array.from({ length: count }, (_, i) => `${of}-${i}`);
    const greedy = drawn([connector("sink", { reads: topics(1_000) })]);
    expect(greedy.connectors[0]?.reads).toHaveLength(MAX_TOPICS_EACH);
    expect(greedy.hiddenTopics).toBe(1_000 - MAX_TOPICS_EACH);

    const crowd = drawn(many.map(({ name }) => connector(name, { reads: topics(10, name) })));
    expect(crowd.connectors).toHaveLength(MAX_DRAWN);
    expect(crowd.connectors.flatMap(({ reads }) => reads)).toHaveLength(MAX_TOPICS);
    expect(crowd.hiddenTopics).toBe(MAX_DRAWN * 10 - MAX_TOPICS);

    const few = connector("rule", { reads: ["a"], writes: ["b"] });
    expect(drawn([few])).toEqual({ connectors: [few], hiddenTopics: 0 });
  });

  it("are chosen by the address, if it is well-formed", () => {
    expect(pipelineFilter({ q: "shop", troubled: false })).toEqual({ q: "shop", troubled: false });
    expect(pipelineFilter({ q: 1, troubled: "no" })).toEqual({ q: "1" });
  });
});
