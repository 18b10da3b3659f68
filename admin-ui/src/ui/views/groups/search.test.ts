import { describe, expect, it } from "vitest";
import { groupFilter, groupSearch } from "./search";

describe("the address of the groups", () => {
  it("keeps what is known and drops the rest", () => {
    expect(groupFilter({ q: "read", state: "STABLE", lagging: true, x: 1 })).toEqual({
      q: "read",
      state: "STABLE",
      lagging: true,
    });
    expect(groupFilter({ q: "", state: "dancing", lagging: "yes" })).toEqual({});
    expect(groupSearch({ range: "24h", by: "topic", topic: "orders" })).toEqual({
      range: "24h",
      by: "topic",
      topic: "orders",
    });
    expect(groupSearch({ from: 60_000, to: 180_000 })).toEqual({ from: 60_000, to: 180_000 });
    expect(groupSearch({ from: 180_000, to: 60_000 })).toEqual({});
    expect(groupSearch({ range: "1y", by: "colour", topic: 7 })).toEqual({ topic: "7" });
  });
});
