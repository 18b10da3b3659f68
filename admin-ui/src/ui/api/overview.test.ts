import { describe, expect, it } from "vitest";
import { merged } from "./overview";

const thing = (name: string, value = 0) => ({ name, value });
const nameOf = ({ name }: { name: string }) => name;

describe("a list that changes", () => {
  const old = [thing("a"), thing("c"), thing("d")];

  it("stays the same one while nothing does", () => {
    expect(merged(old, [], [], nameOf)).toBe(old);
  });

  it("takes new ones in by name, and lets others go", () => {
    expect(merged(old, [thing("b"), thing("c", 1)], ["a"], nameOf)).toEqual([
      thing("b"),
      thing("c", 1),
      thing("d"),
    ]);
  });
});
