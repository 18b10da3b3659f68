import { describe, expect, it } from "vitest";
import { connector } from "../overview/example";
import { connectorSearch, connectorsSearch, isListed } from "./search";

describe("what the address says", () => {
  it("is taken only where it is known and well-formed", () => {
    expect(connectorsSearch({ q: "shop", kind: "sink", state: "FAILED" })).toEqual({
      q: "shop",
      kind: "sink",
      state: "FAILED",
    });
    expect(connectorsSearch({ q: 7, kind: "door", state: "sad", more: 1 })).toEqual({ q: "7" });
    expect(connectorSearch({ tab: "positions" })).toEqual({ tab: "positions" });
    expect(connectorSearch({ tab: "__proto__" })).toEqual({});
  });
});

describe("the list", () => {
  const shop = connector("shop", { type: "postgres-cdc", writes: ["shop.Orders"] });

  it("finds connectors by name, type and topic, in any case", () => {
    for (const q of ["SHOP", "cdc", "orders"]) {
      expect(isListed(shop, { q })).toBe(true);
    }
    expect(isListed(shop, { q: "warehouse" })).toBe(false);
  });

  it("holds those of a kind and state", () => {
    expect(isListed(shop, { kind: "source", state: "RUNNING" })).toBe(true);
    expect(isListed(shop, { kind: "sink" })).toBe(false);
    expect(isListed(shop, { state: "FAILED" })).toBe(false);
  });
});
