import { describe, expect, it } from "vitest";
import type { Line } from "../../api/history";
import { lagOf } from "./LagHistory";

const line: Line = { name: "billing", values: [1, null, 2], max: [900, null, 2] };

describe("the lag over time", () => {
  it("shows peaks between its points", () => {
    expect(lagOf(line, 60).highs).toEqual([900, null, 2]);
  });

  it("is each sample where there is one for each point", () => {
    expect(lagOf(line, 10)).toEqual({ values: [1, null, 2] });
    expect(lagOf({ ...line, max: [] }, 60)).toEqual({ values: [1, null, 2] });
  });
});
