import { describe, expect, it } from "vitest";
import { canonical, objectOf, sourceChanges, toOffsets } from "./sourcePositions";

const stored = {
  offsets: [
    { partition: { file: "a", folder: "x" }, offset: { line: 7, byte: 120 } },
    { partition: { file: "b" }, offset: { line: 8 } },
  ],
};
const A = canonical({ folder: "x", file: "a" });

describe("positions of a source", () => {
  it("are JSON objects and nothing else", () => {
    expect(objectOf('{"line": 7}')).toEqual({ line: 7 });
    for (const wrong of ["", "7", "null", "[1]", '"x"', '{"line": }']) {
      expect(objectOf(wrong)).toBeUndefined();
    }
  });

  it("change when they say something else, however it is written", () => {
    const drafts = (text: string) => new Map([[A, { text }]]);
    expect(sourceChanges(stored, drafts('{"byte": 120,\n"line": 7}'))).toEqual([]);
    expect(sourceChanges(stored, drafts("{"))).toEqual([]);
    expect(sourceChanges(stored, drafts('{"line": 1, "byte": 0}'))).toEqual([
      {
        partition: { file: "a", folder: "x" },
        from: { line: 7, byte: 120 },
        to: { line: 1, byte: 0 },
      },
    ]);
  });

  it.runIf("rawJSON" in JSON)("keep numbers digit by digit", () => {
    const exact = '{"at":12345678901234567890}';
    expect(canonical(objectOf(exact))).toBe(exact);
    const held = { offsets: [{ partition: { file: "b" }, offset: objectOf(exact) ?? {} }] };
    const drafts = (text: string) => new Map([[canonical({ file: "b" }), { text }]]);
    expect(sourceChanges(held, drafts(exact))).toEqual([]);
    const changed = sourceChanges(held, drafts('{"at": 12345678901234567891}'));
    expect(JSON.stringify(toOffsets(changed))).toContain('"offset":{"at":12345678901234567891}');
  });

  it("that are forgotten are sent without an offset", () => {
    const changed = sourceChanges(stored, new Map([[canonical({ file: "b" }), "forget" as const]]));
    expect(changed).toEqual([{ partition: { file: "b" }, from: { line: 8 }, to: null }]);
    expect(toOffsets(changed)).toEqual({ offsets: [{ partition: { file: "b" } }] });
  });
});
