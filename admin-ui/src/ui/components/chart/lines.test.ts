import { describe, expect, it } from "vitest";
import { lineStyle, summary } from "./lines";

const format = (value: number) => `${value} records`;
const time = (millis: number) => `t${millis}`;

describe("a chart in words", () => {
  it("tells the last, the lowest and the highest value of each line", () => {
    const lines = [
      { name: "orders", values: [3, null, 7, 5] },
      { name: "returns", values: [null, null, null, null] },
    ];
    expect(summary({ times: [1, 2, 3, 4], lines }, format, time)).toBe(
      "orders: last 5 records, between 3 records and 7 records. returns: nothing known. From t1 to t4.",
    );
  });

  it("says when there is nothing", () => {
    expect(summary({ times: [], lines: [] }, format, time)).toMatch("Nothing");
    expect(summary({ times: [1], lines: [{ name: "a", values: [null] }] }, format, time)).toMatch(
      "Nothing",
    );
  });

  it("stays short with many lines", () => {
    const lines = Array.from({ length: 12 }, (_, i) => ({ name: `l${i}`, values: [i] }));
    expect(summary({ times: [1], lines }, format, time)).toMatch("2 more lines");
  });
});

describe("the look of a line", () => {
  it("is its own also when there are more lines than colours", () => {
    const looks = Array.from({ length: 24 }, (_, i) => JSON.stringify(lineStyle(i, false)));
    expect(new Set(looks).size).toBe(24);
  });
});
