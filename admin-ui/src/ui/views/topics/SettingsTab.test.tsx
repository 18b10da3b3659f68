import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { SettingDescription, Topic } from "../../api/schema";
import { showWithLinks } from "../../testing/render";
import { SettingsTab } from "./SettingsTab";

const setting = (name: string, others: Partial<SettingDescription> = {}): SettingDescription => ({
  name,
  title: name,
  description: "",
  kind: "duration",
  choices: [],
  examples: [],
  settings: [],
  ...others,
});

const SETTINGS = [
  setting("retention", { kind: "group", settings: [setting("time"), setting("size", { kind: "size" })] }),
];

const topic = (retention: Topic["retention"]): Topic => ({
  name: "orders",
  internal: false,
  partitions: 1,
  records: 0,
  sizeBytes: 0,
  partitionDetails: [],
  ...(retention && { retention }),
});

let patches: unknown[] = [];
/** How the topic is set by now. */
let fresh: Topic["retention"];

beforeEach(() => {
  patches = [];
  fresh = { time: "7d" };
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (init.method === "PATCH") {
      patches.push(JSON.parse(String(init.body)));
      return Promise.resolve(new Response("{}"));
    }
    const found = url.endsWith("/topic-settings")
      ? SETTINGS
      : url.endsWith("/topics/orders")
        ? topic(fresh)
        : { topics: {} };
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
});
afterEach(() => vi.unstubAllGlobals());

const field = (label: string) => screen.findByLabelText<HTMLInputElement>(label);

describe("the settings of a topic that somebody else changes meanwhile", () => {
  it("are shown as they are now", async () => {
    const { rerender } = await showWithLinks(<SettingsTab topic={topic({ time: "7d" })} />);
    expect((await field("time")).value).toBe("7d");
    rerender(<SettingsTab topic={topic({ time: "1d" })} />);
    expect((await field("time")).value).toBe("1d");
    expect(screen.getByText("Nothing is changed.")).toBeTruthy();
  });

  it("are not set back by saving something else", async () => {
    const { rerender } = await showWithLinks(<SettingsTab topic={topic({ time: "7d" })} />);
    await userEvent.type(await field("time"), "{Backspace}{Backspace}30d");
    rerender(<SettingsTab topic={topic({ time: "7d", size: "1GiB" })} />);
    expect((await field("time")).value).toBe("30d");
    fresh = { time: "7d", size: "1GiB" };
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    await waitFor(() => expect(patches).toEqual([{ retention: { time: "30d" } }]));
  });

  it("are changed only where a field is other than it was", async () => {
    await showWithLinks(<SettingsTab topic={topic({ time: "7d" })} />);
    await userEvent.type(await field("time"), "{Backspace}{Backspace}7d");
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Save" }).disabled).toBe(true);
  });
});

describe("settings with which records go", () => {
  it("are saved only after that was said and the name was typed", async () => {
    fresh = { time: "30d" };
    await showWithLinks(<SettingsTab topic={topic({ time: "30d" })} />);
    await userEvent.clear(await field("time"));
    await userEvent.type(await field("time"), "7d");
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText("Records of orders that are older than 7d are deleted.")).toBeTruthy();
    expect(patches).toEqual([]);
    await userEvent.type(dialog.getByLabelText(/type the name/), "orders{Enter}");
    await waitFor(() => expect(patches).toEqual([{ retention: { time: "7d" } }]));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  });

  it("are told by how the topic is set now, not by what is shown", async () => {
    await showWithLinks(<SettingsTab topic={topic({ time: "7d" })} />);
    await userEvent.clear(await field("time"));
    await userEvent.type(await field("time"), "30d");
    fresh = { time: "90d" };
    await userEvent.click(screen.getByRole("button", { name: "Save" }));
    const dialog = within(await screen.findByRole("dialog"));
    expect(dialog.getByText("Records of orders that are older than 30d are deleted.")).toBeTruthy();
    expect(patches).toEqual([]);
  });
});

it("changed settings that are not saved go with their tab only if someone says so", async () => {
  const { history } = await showWithLinks(<SettingsTab topic={topic({ time: "7d" })} />);
  history.push("/?tab=settings");
  await userEvent.type(await field("time"), "{Backspace}{Backspace}30d");
  history.push("/?tab=clients");
  await userEvent.click(await screen.findByRole("button", { name: "Stay" }));
  expect(history.location.search).toBe("?tab=settings");
  expect((await field("time")).value).toBe("30d");
  history.push("/?tab=clients");
  await userEvent.click(await screen.findByRole("button", { name: "Leave" }));
  await waitFor(() => expect(history.location.search).toBe("?tab=clients"));
});
