import { describe, expect, it } from "vitest";
import { axisTimes, isPart, lineStyle, summary } from "./lines";

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

describe("a chart of the largest values in words", () => {
  it("tells the last value and the highest there was, and does not claim to know the lowest", () => {
    const lines = [{ name: "orders", values: [3, null, 5], highs: [90, null, 6] }];
    expect(summary({ times: [1, 2, 3], lines }, format, time)).toBe(
      "orders: last 5 records, at most 90 records. From t1 to t3.",
    );
  });
});

describe("the times at an axis", () => {
  const HOUR = 3_600_000;
  const noon = new Date(2026, 10, 30, 12).getTime();
  const short = (millis: number) =>
    new Intl.DateTimeFormat(undefined, { timeStyle: "short" }).format(millis);
  const date = (millis: number) =>
    new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" }).format(millis);

  it("are written as all other times are, with the day where another one begins", () => {
    const times = [noon, noon + 6 * HOUR, noon + 12 * HOUR, noon + 18 * HOUR];
    expect(axisTimes(times, 6 * HOUR)).toEqual([
      `${short(noon)}\n${date(noon)}`,
      short(noon + 6 * HOUR),
      `${short(noon + 12 * HOUR)}\n${date(noon + 12 * HOUR)}`,
      short(noon + 18 * HOUR),
    ]);
  });

  it("are days alone where no time of day is told apart, and have seconds where it is", () => {
    expect(axisTimes([noon], 24 * HOUR)).toEqual([date(noon)]);
    expect(axisTimes([noon], 10_000)[0]).toMatch(/00.00/);
  });
});

describe("a part of a chart", () => {
  it("is less than all of it", () => {
    expect(isPart([1, 2, 3], 1, 3)).toBe(false);
    expect(isPart([1, 2, 3], 0, 4)).toBe(false);
    expect(isPart([1, 2, 3], 2, 3)).toBe(true);
    expect(isPart([1, 2, 3], 1, 2)).toBe(true);
    expect(isPart([], 1, 2)).toBe(false);
    expect(isPart([1, 2], undefined, undefined)).toBe(false);
  });
});

describe("the look of a line", () => {
  it("is its own also when there are more lines than colours", () => {
    const looks = Array.from({ length: 24 }, (_, i) => JSON.stringify(lineStyle(i, false)));
    expect(new Set(looks).size).toBe(24);
  });
});
