import { describe, expect, it } from "vitest";
import { recordSearch } from "./search";

describe("the address of records", () => {
  it("keeps what is well-formed", () => {
    const search = { tab: "settings", start: "offset", partition: 2, offset: 17 };
    expect(recordSearch(search)).toEqual(search);
    expect(recordSearch({ start: "time", time: "2026-01-01T00:00:00Z" })).toEqual({
      start: "time",
      time: "2026-01-01T00:00:00Z",
    });
  });

  it("leaves out what is not", () => {
    expect(
      recordSearch({ tab: "x", start: 1, partition: -1, offset: 1.5, time: "soon", other: true }),
    ).toEqual({});
  });
});
