import { describe, expect, it } from "vitest";
import { conditions, isSame, isSearching, recordSearch } from "./search";

describe("the address of records", () => {
  it("keeps what is well-formed", () => {
    const search = { tab: "settings", start: "offset", partition: 2, offset: 17, record: "2:20" };
    expect(recordSearch(search)).toEqual(search);
    expect(recordSearch({ start: "time", time: "2026-01-01T00:00:00Z" })).toEqual({
      start: "time",
      time: "2026-01-01T00:00:00Z",
    });
    const conditions = { key: "a", isKey: true, condition: ".a", order: "oldest", limit: 1_000 };
    expect(recordSearch(conditions)).toEqual(conditions);
    expect(recordSearch({ key: 4711, text: true })).toEqual({ key: "4711", text: "true" });
  });

  it("leaves out what is not", () => {
    expect(
      recordSearch({ record: "2", tab: "x", start: 1, partition: -1, offset: 1.5, time: "soon", other: true }),
    ).toEqual({});
    expect(recordSearch({ key: "", limit: 7, order: "x", isKey: "yes", until: "soon" })).toEqual({});
  });
});

describe("a search", () => {
  it("begins once there is something to look for", () => {
    expect(isSearching({ start: "search", time: "2026-01-01T00:00:00Z" })).toBe(false);
    expect(isSearching({ text: "a" })).toBe(true);
  });

  it("asks for the newest first, unless told otherwise", () => {
    expect(conditions({ text: "a b" }).toString()).toBe("order=newest&limit=100&text=a+b");
  });

  it("tells whether it would look for the same", () => {
    expect(isSame({ key: "a", start: "search" }, { start: "search", key: "a" })).toBe(true);
    expect(isSame({ key: "a" }, { key: "a", limit: 1_000 })).toBe(false);
    expect(isSame({}, {})).toBe(false);
  });

  it("combines all that was said", () => {
    const parameters = conditions({
      partition: 0,
      key: "k",
      header: "trace=1",
      language: "jsonpath",
      condition: "$.a",
      time: "2026-01-01T00:00:00Z",
      until: "2026-01-02T00:00:00Z",
      order: "oldest",
      limit: 1_000,
    });
    expect(Object.fromEntries(parameters)).toEqual({
      order: "oldest",
      limit: "1000",
      partition: "0",
      from: "2026-01-01T00:00:00Z",
      to: "2026-01-02T00:00:00Z",
      keyContains: "k",
      header: "trace=1",
      jsonpath: "$.a",
    });
    expect(conditions({ key: "k", isKey: true }).get("key")).toBe("k");
  });
});
