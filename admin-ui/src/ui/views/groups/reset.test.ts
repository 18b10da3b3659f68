import { describe, expect, it } from "vitest";
import { bodyOf } from "./reset";

describe("a reset", () => {
  it("is sent as the gateway wants it", () => {
    expect(bodyOf({ to: "latest" })).toEqual({ to: "latest" });
    expect(bodyOf({ to: "shift", by: -5, which: "orders/3" })).toEqual({
      to: "shift",
      by: -5,
      partitions: [{ topic: "orders", partition: 3 }],
    });
    expect(bodyOf({ to: "offset", offset: 0, which: "orders" })).toEqual({
      to: "offset",
      offset: 0,
      partitions: [{ topic: "orders" }],
    });
    const time = "2026-01-01T12:00:00.000Z";
    expect(bodyOf({ to: "time", time })).toEqual({ to: "time", time });
  });

  it("is not sent while something is missing", () => {
    expect(bodyOf({ to: "time" })).toBeUndefined();
    expect(bodyOf({ to: "shift" })).toBeUndefined();
    expect(bodyOf({ to: "offset" })).toBeUndefined();
  });
});
