import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Line } from "../../api/history";
import type { Group } from "../../api/schema";
import { showAt } from "../../testing/render";
import { LagHistory, lagOf } from "./LagHistory";
import { groupSearch } from "./search";

const line: Line = { name: "billing", values: [1, null, 2], max: [900, null, 2] };

describe("the lag over time", () => {
  it("shows peaks between its points", () => {
    expect(lagOf(line, 60).highs).toEqual([900, null, 2]);
  });

  it("is each sample where there is one for each point", () => {
    expect(lagOf(line, 10)).toEqual({ values: [1, null, 2] });
    expect(lagOf({ ...line, max: [] }, 60)).toEqual({ values: [1, null, 2] });
  });
});

describe("a part of the past", () => {
  const HOUR = 3_600_000;
  const group = { name: "billing", topics: [] } as unknown as Group;
  const part = { from: 10 * HOUR, to: 14 * HOUR };
  let asked: URLSearchParams[] = [];

  beforeEach(() => {
    asked = [];
    vi.stubGlobal("fetch", (path: string) => {
      const url = new URL(path, "http://gateway");
      if (!url.pathname.endsWith("/history")) {
        return new Promise(() => {});
      }
      asked.push(url.searchParams);
      const times = [part.from, part.to];
      const found = { times, stepSeconds: 10, lines: [{ name: "billing", values: [1, 2], max: [] }] };
      return Promise.resolve(new Response(JSON.stringify({ ...found, omitted: 0 })));
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  const open = (search: string) =>
    showAt(`/ui/groups/billing${search}`, {
      path: "/ui/groups/$group",
      validateSearch: groupSearch,
      component: () => <LagHistory group={group} />,
    });
  const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));

  it("is looked at without a mouse, and left by the way back", async () => {
    const history = await open(`?from=${part.from}&to=${part.to}`);
    const shown = () => Object.fromEntries(new URLSearchParams(history.location.search));
    const is = (from: number, to: number) =>
      waitFor(() => expect(shown()).toEqual({ from: String(from * HOUR), to: String(to * HOUR) }));
    await click("Earlier");
    await is(8, 12);
    await click("Later");
    await is(10, 14);
    await click("Closer");
    await is(11, 13);
    await waitFor(() => expect(asked.at(-1)?.get("from")).toBe(String(11 * HOUR)));
    history.back();
    await is(10, 14);
    await click("Show the whole range");
    await waitFor(() => expect(shown()).toEqual({}));
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Later" }).disabled).toBe(true);
  });

  it("is told in both zones", async () => {
    await open(`?from=${part.from}&to=${part.to}`);
    expect(screen.getByTitle("1970-01-01T10:00:00.000Z").tagName).toBe("TIME");
    expect(screen.getByTitle("1970-01-01T14:00:00.000Z").tagName).toBe("TIME");
  });
});
