import { expect, it } from "vitest";
import { jsonMistakeAt } from "./jsonMistake";

it("tells where a text ceases to be JSON", () => {
  const at = (text: string) => text.indexOf("!");
  const text = (marked: string) => marked.replace("!", "");
  for (const marked of [
    '{"a" !1}',
    '{"a": 1, !}',
    '{\n  "a": !nope,\n  "b": 2\n}',
    "[1, 2 !3, x]",
    "{!a: 1}",
    '{"a": 1} !x',
    '{"a": !',
  ]) {
    expect(jsonMistakeAt(text(marked)), marked).toBe(at(marked));
  }
});

it("tells no place where it sees nothing wrong", () => {
  expect(jsonMistakeAt('{"a": [1, "x", null]}')).toBeUndefined();
});
