import { describe, expect, it } from "vitest";
import { filterOf, isFiltered, letterSearch } from "./search";

describe("the address of a topic of letters", () => {
  it("keeps what is well-formed", () => {
    const search = {
      state: "sent",
      code: "value-not-json",
      text: 4711,
      since: "2026-01-01T00:00:00Z",
      letter: "0:12",
    };
    expect(letterSearch(search)).toEqual({ ...search, text: "4711" });
  });

  it("drops what is not", () => {
    expect(
      letterSearch({ state: "open", code: "", origin: {}, since: "soon", letter: "12", other: 1 }),
    ).toEqual({});
  });

  it("knows a filter from a letter that is looked at", () => {
    expect(isFiltered({ letter: "0:1" })).toBe(false);
    expect(isFiltered({ letter: "0:1", code: "a" })).toBe(true);
    expect(filterOf({ letter: "0:1", code: "a" })).toEqual({ code: "a" });
  });
});
