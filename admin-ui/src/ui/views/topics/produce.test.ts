import { describe, expect, it } from "vitest";
import { bodyOf, fault, type Format, placeOf } from "./produce";

const record = {
  partition: undefined,
  key: { format: "text", text: "k" },
  value: { format: "text", text: "v" },
  headers: [],
} as const;

describe("a record to store", () => {
  it("goes as it was typed", () => {
    expect(bodyOf({ ...record, headers: [] })).toEqual({ key: "k", value: "v" });
    const exact = '{"id": 12345678901234567890, "price": 1.50}';
    const body = bodyOf({
      ...record,
      partition: 2,
      value: { format: "json", text: exact },
      headers: [{ key: "trace", value: "ü" }],
    });
    expect(body).toMatchObject({
      partition: 2,
      encoding: "base64",
      headers: [{ key: "trace", value: "ü" }],
    });
    expect(atob((body as { value: string }).value)).toBe(exact);
  });

  it("may have no key and no value", () => {
    expect(
      bodyOf({ ...record, headers: [], key: { format: "none", text: "x" }, value: { format: "none", text: "x" } }),
    ).toEqual({ key: null, value: null });
  });

  it("is checked while it is typed", () => {
    const wrong = (format: Format, text: string) => fault({ format, text });
    expect(wrong("json", '{"a": 1}')).toBeUndefined();
    expect(wrong("json", '{"a" 1}')).toBe("Expected ':' after property name");
    expect(wrong("json", "")).toBeDefined();
    expect(wrong("text", "{")).toBeUndefined();
    expect(wrong("base64", "AAEC\nAA==")).toBeUndefined();
    expect(wrong("base64", "ü")).toBeDefined();
    expect(placeOf("ab\ncd", 4)).toEqual({ line: 2, column: 2 });
  });
});
