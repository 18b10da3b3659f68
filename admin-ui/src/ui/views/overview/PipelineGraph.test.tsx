import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { waitFor, screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { showWithLinks } from "../../testing/render";
import type { Overview } from "../../api/schema";
import { connector, overviewOf, topic } from "./example";
import PipelineGraph from "./PipelineGraph";

beforeEach(() => {
  vi.spyOn(HTMLElement.prototype, "offsetWidth", "get").mockReturnValue(1_000);
  vi.spyOn(HTMLElement.prototype, "offsetHeight", "get").mockReturnValue(500);
});
afterEach(() => vi.restoreAllMocks());

function Changing({ first, then }: { first: Overview; then: Overview }) {
  const [overview, setOverview] = useState(first);
  return (
    <>
      <button type="button" onClick={() => setOverview(then)}>
        Change
      </button>
      <PipelineGraph overview={overview} />
    </>
  );
}

const viewport = () =>
  document.querySelector<HTMLElement>(".react-flow__viewport")?.style.transform ?? "";

const many = Array.from({ length: 20 }, (_, i) => connector(`c${i}`, { writes: [`t${i}`] }));

it("the graph is brought into sight again when it is another one", async () => {
  await showWithLinks(<Changing first={overviewOf(many, [])} then={overviewOf(many.slice(0, 1), [])} />);
  await waitFor(() => expect(viewport()).toContain("scale(0.45)"));
  await userEvent.click(screen.getByRole("button", { name: "Change" }));
  await waitFor(() => expect(viewport()).toContain("scale(1)"));
});

it("the graph stays where it is while only numbers change", async () => {
  const busy = many.map((each) => ({ ...each, records: 9 }));
  await showWithLinks(<Changing first={overviewOf(many, [])} then={overviewOf(busy, [])} />);
  await waitFor(() => expect(viewport()).toContain("scale(0.45)"));
  await userEvent.click(screen.getByRole("button", { name: "Zoom In" }));
  await waitFor(() => expect(viewport()).not.toContain("scale(0.45)"));
  const zoomed = viewport();
  await userEvent.click(screen.getByRole("button", { name: "Change" }));
  expect(viewport()).toBe(zoomed);
});

it("an offline topic says so", async () => {
  const offline = topic("orders", { offline: ["orders-3: bad checksum"] });
  await showWithLinks(
    <PipelineGraph overview={overviewOf([connector("shop", { writes: ["orders"] })], [offline])} />,
  );
  expect(await screen.findByText("offline")).toBeTruthy();
});
