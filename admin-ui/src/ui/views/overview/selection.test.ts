import { describe, expect, it } from "vitest";
import { connector, overviewOf } from "./example";
import { MAX_DRAWN, pipelineFilter, selected } from "./selection";

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

  it("are chosen by the address, if it is well-formed", () => {
    expect(pipelineFilter({ q: "shop", troubled: false })).toEqual({ q: "shop", troubled: false });
    expect(pipelineFilter({ q: 1, troubled: "no" })).toEqual({});
  });
});
