import { expect, it } from "vitest";
import { endInWords } from "./ending";

it("tells why a preview ended, and what transforms dropped", () => {
  expect(endInWords({ end: "enough", dropped: 0 })).toBe("There may be more.");
  expect(endInWords({ end: "time-up", dropped: 1200 })).toBe(
    "The time was up. 1,200 dropped by transforms.",
  );
});
