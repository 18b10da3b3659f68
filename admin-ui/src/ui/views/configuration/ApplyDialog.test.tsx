import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConfigPlan, PlannedChange } from "../../api/schema";
import { show } from "../../testing/render";
import { ApplyDialog, atStake, consequences } from "./ApplyDialog";
import { PlanView } from "./PlanView";

const change = (
  action: string,
  name: string,
  more: Partial<PlannedChange> = {},
): PlannedChange => ({
  action,
  name,
  what: "",
  settings: [],
  differences: [],
  replaces: false,
  ...more,
});

const plan = (more: Partial<ConfigPlan>): ConfigPlan => ({
  empty: false,
  server: [],
  topics: [],
  connectors: [],
  conflicts: [],
  ...more,
});

const shorter = change("change", "orders", {
  differences: [{ setting: "retention.time", before: "30d", after: "7d" }],
});

describe("what someone should know before applying", () => {
  it("is what restarts, what goes, and what has to wait", () => {
    const connectors = [change("change", "a"), change("change", "b"), change("remove", "c")];
    expect(consequences(plan({ connectors, server: ["port 1"] }))).toEqual([
      "These restart: a, b.",
      expect.stringContaining("removed: c."),
      expect.stringContaining("next start"),
    ]);
    const quiet = [change("create", "a"), change("keep", "b")];
    expect(consequences(plan({ connectors: quiet }))).toEqual([
      "Nothing that runs is restarted or removed.",
    ]);
  });

  it("is which records go, and which connectors are forgotten", () => {
    const connectors = [change("change", "clicked", { replaces: true })];
    const both = plan({ connectors, topics: [shorter] });
    expect(consequences(both)).toEqual([
      expect.stringMatching(/forgotten with their secrets: clicked/),
      "Records of orders that are older than 7d are deleted.",
    ]);
    expect(atStake(both)).toEqual(["clicked", "orders"]);
    expect(atStake(plan({ connectors: [change("change", "a")] }))).toEqual([]);
  });

  it("is told of topics with what was and what will be", () => {
    const flush = { setting: "flush", after: "os" };
    show(<PlanView plan={plan({ topics: [change("change", "a", { differences: [flush] }), shorter] })} />);
    expect(screen.getByText("retention.time: 30d → 7d")).toBeTruthy();
    expect(screen.getByText("flush: not set → os")).toBeTruthy();
  });
});

describe("applying", () => {
  let written = 0;
  beforeEach(() => {
    written = 0;
    vi.stubGlobal("fetch", () => {
      written += 1;
      return Promise.resolve(new Response("{}"));
    });
  });
  afterEach(() => vi.unstubAllGlobals());

  const dialog = (shown: ConfigPlan) =>
    show(
      <ApplyDialog
        opened
        onClose={() => {}}
        plan={shown}
        version="1"
        edits={{ "gateway.yaml": "" }}
        onApplied={() => {}}
      />,
    );
  const button = () =>
    screen.getByRole<HTMLButtonElement>("button", { name: "Write the files and apply" });

  it("needs a click where nothing is lost", async () => {
    dialog(plan({ connectors: [change("change", "a")] }));
    await userEvent.click(button());
    await waitFor(() => expect(written).toBe(1));
  });

  it("needs the name of what loses something", async () => {
    dialog(plan({ topics: [shorter] }));
    expect(button().disabled).toBe(true);
    await userEvent.type(screen.getByLabelText(/type the name/), "orders{Enter}");
    await waitFor(() => expect(written).toBe(1));
  });

  it("needs the number of several that lose something or go", async () => {
    dialog(plan({ topics: [shorter], connectors: [change("remove", "a"), change("remove", "b")] }));
    expect(button().disabled).toBe(true);
    await userEvent.type(screen.getByLabelText(/type the number/), "3{Enter}");
    await waitFor(() => expect(written).toBe(1));
  });
});
