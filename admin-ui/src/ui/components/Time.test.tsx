import type { ReactNode } from "react";
import { describe, expect, it } from "vitest";
import { parseExactly } from "../api/json";
import { show } from "../testing/render";
import { Time, TimeOf } from "./Time";

const shown = (time: ReactNode) =>
  show(<p>{time}</p>).container.querySelector("p:last-of-type")?.textContent;

describe("a moment", () => {
  it("is shown with its time in UTC", () => {
    const { container } = show(<TimeOf millis={0} />);
    expect(container.querySelector("time")?.title).toBe("1970-01-01T00:00:00.000Z");
  });

  it("is a number where no calendar has it", () => {
    expect(shown(<TimeOf millis={9e15} />)).toBe("9000000000000000");
    const exact = parseExactly<number>("9223372036854775807");
    expect(shown(<TimeOf millis={exact} />)).toMatch(/^92233720368547758/);
    const far = "+292278994-08-17T07:12:55.807Z";
    expect(shown(<Time at={far} />)).toBe(far);
  });
});
