import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConfigFiles, ConfigPlan, ConfigProblem, PlannedChange } from "../../api/schema";
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
let problems: ConfigProblem[] = [];
let status: number;
let versions: (string | null)[] = [];

beforeEach(() => {
  sessionStorage.clear();
  plan = QUIET;
  problems = [];
  status = 200;
  versions = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (init.method === "PUT") {
      versions.push(new Headers(init.headers).get("If-Match"));
      return Promise.resolve(new Response("{}", { status, statusText: "Refused" }));
    }
    const checked = problems.length > 0 ? { problems } : { problems, plan };
    const found = url.endsWith("/check") ? checked : { topics: [] };
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = (address: string, files = FILES) =>
  showAt(address, {
    path: "/ui/configuration",
    validateSearch: configurationSearch,
    component: () => <FileEditor files={files} />,
  });

it("shows the file that the address names, and names the one that is chosen", async () => {
  const history = await open("/ui/configuration?file=b.yaml");
  expect(screen.getByText("The file /etc/b.yaml")).toBeTruthy();

  await userEvent.click(screen.getByRole("combobox", { name: "File" }));
  await userEvent.click(screen.getByRole("option", { name: "a.yaml" }));
  await waitFor(() => expect(screen.getByText("The file /etc/a.yaml")).toBeTruthy());
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

  it("is told of no more once it was dropped", async () => {
    plan = { ...QUIET, connectors: [{ ...KEPT, action: "remove" }] };
    await open("/ui/configuration");
    await screen.findByText("removed");
    plan = { ...QUIET, empty: true };
    await userEvent.click(button("Drop my changes"));
    expect(screen.queryByText("removed")).toBeNull();
    await screen.findByText(/Nothing is changed/);
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

describe("files that nobody has changed here", () => {
  const PROBLEM: ConfigProblem = {
    file: "a.yaml",
    line: 3,
    column: 7,
    path: "topics.orders",
    message: "'ten' is no number",
    suggestion: "",
  };
  const notInForce = () => screen.queryByText("This is not what is in force");

  it("are quiet while they are in force", async () => {
    plan = { ...QUIET, empty: true };
    await open("/ui/configuration");
    await screen.findByText(/Nothing is changed/);
    expect(notInForce()).toBeNull();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Apply…" }).disabled).toBe(true);
  });

  it("tell their mistakes and where those are, and that they are not in force", async () => {
    problems = [PROBLEM];
    await open("/ui/configuration");
    await screen.findByText("1 mistake");
    expect(screen.getByText("a.yaml: Line 3, column 7")).toBeTruthy();
    expect(screen.getByText(/'ten' is no number/)).toBeTruthy();
    expect(notInForce()).toBeTruthy();
  });

  it("tell what differs from them where they were applied in part", async () => {
    plan = { ...QUIET, connectors: [{ ...KEPT, action: "remove" }] };
    await open("/ui/configuration");
    await screen.findByText("removed");
    expect(notInForce()).toBeTruthy();
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Apply…" }).disabled).toBe(true);
  });

  it("can't be copied where they can't be shown, and still tell what is wrong", async () => {
    problems = [{ ...PROBLEM, message: "it is no YAML" }];
    const hidden = [{ name: "a.yaml", path: "/etc/a.yaml", secrets: 0, hidden: "No YAML." }];
    await open("/ui/configuration", { version: "1", files: hidden });
    await screen.findByText(/it is no YAML/);
    expect(screen.queryByRole("button", { name: "Copy" })).toBeNull();
    expect(screen.queryByRole("button", { name: "Download" })).toBeNull();
  });
});
