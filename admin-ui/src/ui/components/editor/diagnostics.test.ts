import { Text } from "@codemirror/state";
import { describe, expect, it } from "vitest";
import { positionOf, toDiagnostics } from "./diagnostics";

const text = Text.of(["topics:", "  orders: {partitions: six}", '  "a b": 1']);
const marked = (line: number, column: number, end?: { endLine: number; endColumn: number }) => {
  const [one] = toDiagnostics(text, [{ line, column, message: "m", severity: "error", ...end }]);
  return text.sliceString(one?.from ?? -1, one?.to);
};

describe("places in a text", () => {
  it("count from 1", () => {
    expect(positionOf(text, 1, 1)).toBe(0);
    expect(positionOf(text, 2, 3)).toBe(10);
  });

  it("are the nearest there is", () => {
    expect(positionOf(text, 0, 0)).toBe(0);
    expect(positionOf(text, 1, 99)).toBe(7);
    expect(positionOf(text, 99, 1)).toBe(text.line(3).from);
  });
});

describe("diagnostics", () => {
  it("mark the key or value that begins there", () => {
    expect(marked(2, 3)).toBe("orders");
    expect(marked(2, 24)).toBe("six");
    expect(marked(3, 3)).toBe('"a b"');
    expect(marked(1, 99)).toBe("");
  });

  it("mark as much as they say", () => {
    expect(marked(2, 11, { endLine: 2, endColumn: 28 })).toBe("{partitions: six}");
  });

  it("come in the order of their places", () => {
    const found = toDiagnostics(text, [
      { line: 3, column: 1, message: "second", severity: "error" },
      { line: 1, column: 1, message: "first", severity: "warning" },
    ]);
    expect(found.map(({ message }) => message)).toEqual(["first", "second"]);
  });
});
