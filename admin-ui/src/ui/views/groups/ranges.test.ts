import { describe, expect, it } from "vitest";
import { ranges } from "./ranges";

describe("partitions", () => {
  it("that follow one another are written as a range", () => {
    expect(ranges([0, 1, 2, 5, 7, 8])).toBe("0–2, 5, 7–8");
    expect(ranges([3])).toBe("3");
    expect(ranges([])).toBe("");
  });
});
