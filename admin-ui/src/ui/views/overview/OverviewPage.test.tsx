import { screen } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { showWithLinks } from "../../testing/render";
import { overviewOf } from "./example";
import { OverviewPage } from "./OverviewPage";

// Charts have tests of their own.
vi.mock("./Throughput", () => ({ default: () => null }));

beforeEach(() =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(overviewOf([], []))))),
);
afterEach(() => vi.unstubAllGlobals());

it("leads from where there is nothing to where something is made", async () => {
  await showWithLinks(<OverviewPage />);
  const link = await screen.findByRole("link", { name: "Make one here" });
  expect(link.getAttribute("href")).toBe("/ui/new-connector");
});
