import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConfigFiles, ConfigPlan, PlannedChange } from "../../api/schema";
import { showAt } from "../../testing/render";
import { FileEditor } from "./FileEditor";
import { configurationSearch } from "./search";

const FILES: ConfigFiles = {
  version: "1",
  files: ["a.yaml", "b.yaml"].map((name) => ({
    name,
    path: `/etc/${name}`,
    text: "topics: {}\n",
    secrets: 0,
  })),
};

const KEPT: PlannedChange = {
  action: "keep",
  name: "shop",
  what: "",
  settings: [],
  differences: [],
  replaces: false,
};
const QUIET: ConfigPlan = { empty: false, server: [], topics: [], connectors: [KEPT], conflicts: [] };

/** What the check says that the edits would do, and how writing them ends. */
let plan: ConfigPlan;
let status: number;
let versions: (string | null)[] = [];

beforeEach(() => {
  sessionStorage.clear();
  plan = QUIET;
  status = 200;
  versions = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (init.method === "PUT") {
      versions.push(new Headers(init.headers).get("If-Match"));
      return Promise.resolve(new Response("{}", { status, statusText: "Refused" }));
    }
    const found = url.endsWith("/check") ? { problems: [], plan } : { topics: [] };
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = (address: string) =>
  showAt(address, {
    path: "/ui/configuration",
    validateSearch: configurationSearch,
    component: () => <FileEditor files={FILES} />,
  });

it("shows the file that the address names, and names the one that is chosen", async () => {
  const history = await open("/ui/configuration?file=b.yaml");
  expect(screen.getByText("Loaded from /etc/b.yaml")).toBeTruthy();

  await userEvent.click(screen.getByRole("combobox", { name: "File" }));
  await userEvent.click(screen.getByRole("option", { name: "a.yaml" }));
  await waitFor(() => expect(screen.getByText("Loaded from /etc/a.yaml")).toBeTruthy());
  expect(history.location.search).toBe("?file=a.yaml");
});

describe("a change that is about to be applied", () => {
  const button = (name: string) => screen.getByRole<HTMLButtonElement>("button", { name });
  const ask = async () => {
    await waitFor(() => expect(button("Apply…").disabled).toBe(false));
    await userEvent.click(button("Apply…"));
    return within(await screen.findByRole("dialog"));
  };

  beforeEach(() => {
    const draft = { file: "a.yaml", text: "topics: {orders: {}}\n" };
    sessionStorage.setItem("sluice.configuration.draft", JSON.stringify(draft));
  });

  it("is told as it is then, whatever the check has said before", async () => {
    await open("/ui/configuration");
    await screen.findByText("1 stays as it is");
    plan = { ...QUIET, connectors: [{ ...KEPT, action: "remove" }] };
    const dialog = await ask();
    expect(dialog.getByText(/stopped and removed: shop/)).toBeTruthy();
    expect(dialog.getByLabelText(/type the name/)).toBeTruthy();
  });

  it("is not asked about while it is not possible any more", async () => {
    await open("/ui/configuration");
    await screen.findByText("1 stays as it is");
    plan = { ...QUIET, conflicts: ["orders is taken"] };
    await waitFor(() => expect(button("Apply…").disabled).toBe(false));
    await userEvent.click(button("Apply…"));
    await screen.findByText("orders is taken");
    expect(screen.queryByRole("dialog")).toBeNull();
  });

  it("is looked at anew after it was refused, rather than sent again", async () => {
    await open("/ui/configuration");
    status = 412;
    const dialog = await ask();
    await userEvent.click(button("Write the files and apply"));
    expect(await dialog.findByText("412 Refused")).toBeTruthy();
    expect(dialog.queryByRole("button", { name: "Write the files and apply" })).toBeNull();
    await userEvent.click(button("Cancel"));
    await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
    status = 200;
    await ask();
    await userEvent.click(button("Write the files and apply"));
    await waitFor(() => expect(versions).toEqual(['"1"', '"1"']));
  });

  it("can't be sent again by its name, either", async () => {
    plan = { ...QUIET, connectors: [{ ...KEPT, action: "remove" }] };
    await open("/ui/configuration");
    status = 412;
    const dialog = await ask();
    await userEvent.type(dialog.getByLabelText(/type the name/), "shop{Enter}");
    expect(await dialog.findByText("412 Refused")).toBeTruthy();
    await userEvent.type(dialog.getByLabelText(/type the name/), "{Enter}");
    expect(button("Write the files and apply").disabled).toBe(true);
    expect(versions).toEqual(['"1"']);
  });
});
