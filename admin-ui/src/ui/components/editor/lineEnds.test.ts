import { describe, expect, it } from "vitest";
import { isMixed, lineEndOf, withLineEnds, withLineFeeds } from "./lineEnds";

describe("the ends of lines", () => {
  it.each(["\n", "\r\n", "\r"])("are found, taken away and put back: %j", (end) => {
    const text = ["a", "", "b", ""].join(end);
    expect(lineEndOf(text)).toBe(end);
    expect(isMixed(text)).toBe(false);
    expect(withLineFeeds(text)).toBe("a\n\nb\n");
    expect(withLineEnds(withLineFeeds(text), end)).toBe(text);
  });

  it("are unknown where there are none, or several", () => {
    expect(lineEndOf("a")).toBeUndefined();
    expect(isMixed("a")).toBe(false);
    expect(lineEndOf("a\r\nb\nc")).toBeUndefined();
    expect(isMixed("a\r\nb\nc")).toBe(true);
  });
});
