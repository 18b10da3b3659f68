import { screen } from "@testing-library/react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../testing/render";
import { TimeChart } from "./TimeChart";

afterEach(() => vi.restoreAllMocks());

const HELP = "Drag across a part of the chart to see it more closely.";

function open(hasMouse: boolean) {
  const real = window.matchMedia.bind(window);
  vi.spyOn(window, "matchMedia").mockImplementation((query) =>
    query.includes("pointer") ? ({ ...EVENTS, matches: hasMouse } as MediaQueryList) : real(query),
  );
  const data = { times: [0, 1], lines: [{ name: "a", values: [1, 2] }] };
  show(<TimeChart label="Lag" data={data} format={String} onZoom={() => {}} />);
}

const EVENTS: Partial<MediaQueryList> = {
  addEventListener: () => {},
  removeEventListener: () => {},
};

describe("a chart of which a part can be looked at", () => {
  it("says how to those who have a mouse", () => {
    open(true);
    expect(screen.getByText(HELP)).toBeTruthy();
  });

  it("asks nobody to drag who can't", () => {
    open(false);
    expect(screen.queryByText(HELP)).toBeNull();
  });
});
