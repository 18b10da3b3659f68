import { describe, expect, it } from "vitest";
import { closer, earlier, later, partOf, partStep } from "./history";

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

  it("can be moved by half of it, up to now, and be shown more closely down to a minute", () => {
    const part = { from: NOW - 5 * HOUR, to: NOW - HOUR };
    expect(earlier(part)).toEqual({ from: NOW - 7 * HOUR, to: NOW - 3 * HOUR });
    expect(later(part, NOW + DAY)).toEqual({ from: NOW - 3 * HOUR, to: NOW + HOUR });
    expect(later(part, NOW)).toEqual({ from: NOW - 4 * HOUR, to: NOW });
    expect(later({ from: NOW - HOUR, to: NOW }, NOW)).toBeUndefined();
    expect(closer(part)).toEqual({ from: NOW - 4 * HOUR, to: NOW - 2 * HOUR });
    expect(closer({ from: NOW - 80_000, to: NOW })).toEqual({ from: NOW - 70_000, to: NOW - 10_000 });
    expect(closer({ from: NOW - 60_000, to: NOW })).toBeUndefined();
  });
});
