import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import { show } from "../testing/render";
import { Sparkline, sparkPath } from "./Sparkline";

describe("a sparkline", () => {
  it("goes from the lower left to the upper right, and lifts the pen over gaps", () => {
    expect(sparkPath([0, 5, null, 10])).toBe("M2.0 26.0h0L40.7 14.0M118.0 2.0h0");
  });

  it("lies at the bottom while there is nothing", () => {
    expect(sparkPath([0, 0])).toBe("M2.0 26.0h0L118.0 26.0");
  });

  it("of the largest values tells in words which was the last, and which the largest", () => {
    const line = { values: [3, null, 5], highs: [90, null, 60] };
    show(<Sparkline label="Lag" line={line} format={(value) => `${value} records`} />);
    const image = screen.getByRole("img", { name: "Lag: last 5 records, at most 90 records." });
    expect(image.querySelector("path")?.getAttribute("d")).toBe(sparkPath(line.highs));
  });
});
