import { describe, expect, it } from "vitest";
import { sparkPath } from "./Sparkline";

describe("a sparkline", () => {
  it("goes from the lower left to the upper right, and lifts the pen over gaps", () => {
    expect(sparkPath([0, 5, null, 10])).toBe("M2.0 26.0h0L40.7 14.0M118.0 2.0h0");
  });

  it("lies at the bottom while there is nothing", () => {
    expect(sparkPath([0, 0])).toBe("M2.0 26.0h0L118.0 26.0");
  });
});
