import { describe, expect, it } from "vitest";
import { partOf, partStep } from "./history";

const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const NOW = Date.parse("2026-11-30T12:00:00Z");

describe("a part of the past", () => {
  it("is a beginning and an end in the order of time, and not too much", () => {
    expect(partOf(NOW - HOUR, NOW)).toEqual({ from: NOW - HOUR, to: NOW });
    expect(partOf(NOW, NOW - HOUR)).toBeUndefined();
    expect(partOf(NOW, NOW)).toBeUndefined();
    expect(partOf("1", NOW)).toBeUndefined();
    expect(partOf(NOW - 0.5, NOW)).toBeUndefined();
    expect(partOf(NOW - 63 * DAY, NOW)).toBeUndefined();
  });

  it("is at least a minute", () => {
    expect(partOf(NOW, NOW + 10_000)).toEqual({ from: NOW - 25_000, to: NOW + 35_000 });
  });

  it("is shown as finely as it is kept", () => {
    expect(partStep({ from: NOW - 2 * HOUR, to: NOW - HOUR }, NOW)).toBeUndefined();
    expect(partStep({ from: NOW - 2 * DAY, to: NOW - 2 * DAY + HOUR }, NOW)).toBe(60);
    expect(partStep({ from: NOW - 20 * DAY, to: NOW - 20 * DAY + HOUR }, NOW)).toBe(600);
    expect(partStep({ from: NOW - 10 * DAY, to: NOW }, NOW)).toBeUndefined();
  });
});
