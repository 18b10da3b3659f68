import { describe, expect, it } from "vitest";
import type { DeadLetter } from "../../api/schema";
import { doubt, draftOf, editOf } from "./edit";

const letter = (parts: Partial<DeadLetter>): DeadLetter => ({
  id: "0:1",
  partition: 0,
  offset: 1,
  connector: "warehouse",
  error: { code: "refused", message: "Refused." },
  place: {},
  redeliveries: 0,
  destination: { kind: "connector", name: "warehouse" },
  timestamp: 0,
  key: "k",
  value: '{"total": 1.50}',
  headers: [],
  ...parts,
});

describe("a letter that is changed", () => {
  it("sends only what differs, as it was typed", () => {
    const one = letter({});
    expect(editOf(one, draftOf(one))).toBeUndefined();
    expect(editOf(one, { key: "k", value: '{"total": 1.60}' })).toEqual({
      value: '{"total": 1.60}',
    });
    expect(editOf(one, { key: null, value: null })).toEqual({ key: null, value: null });
  });

  it("says of bytes how they are written", () => {
    const bytes = letter({ value: "AAEC", encoding: "base64" });
    expect(editOf(bytes, { key: "k", value: "AAED" })).toEqual({
      value: "AAED",
      encoding: "base64",
    });
    expect(doubt(bytes, { key: "k", value: "AAE" })).toBe("not-base64");
  });

  it("doubts what was JSON and is none any more", () => {
    expect(doubt(letter({}), { key: "k", value: "{" })).toBe("not-json");
    expect(doubt(letter({}), { key: "k", value: "1" })).toBeUndefined();
    expect(doubt(letter({ value: "a, b" }), { key: "k", value: "{" })).toBeUndefined();
  });
});
