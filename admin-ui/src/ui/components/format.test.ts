import { describe, expect, it } from "vitest";
import { ago, count, rate, size } from "./format";

describe("numbers", () => {
  it("are written for people", () => {
    expect(count(1234567)).toBe("1,234,567");
    expect(rate(undefined)).toBe("–");
    expect(rate(0.25)).toBe("0.3/s");
    expect(size(0)).toBe("0 B");
    expect(size(1536)).toBe("1.5 KiB");
    expect(size(5 * 1024 ** 4)).toBe("5 TiB");
    expect(ago("2026-01-01T00:00:00Z", "2026-01-03T01:00:00Z")).toBe("2 d");
    expect(ago("2026-01-01T00:00:05Z", "2026-01-01T00:00:00Z")).toBe("0 s");
  });
});
