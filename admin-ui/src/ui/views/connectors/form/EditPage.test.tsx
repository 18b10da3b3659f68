import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { showAt } from "../../../testing/render";
import { EditPage } from "./EditPage";

vi.mock("../../../components/CodeEditor", () => import("../../../testing/plainEditor"));

const RULE = { from: ["orders"], to: "big-orders" };
const FILE = { name: "gateway.yaml", path: "/gateway.yaml", secrets: 0 };

/** What the gateway has of the rule, and what it was told. */
let stored: { origin: "api" | "file"; config: Record<string, unknown> };
let tag: string;
let puts: [tag: string | null, spec: unknown][];
let problems: unknown[];

beforeEach(() => {
  sessionStorage.clear();
  stored = { origin: "file", config: RULE };
  tag = '"1"';
  puts = [];
  problems = [];
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (init.method === "PUT") {
      const expected = new Headers(init.headers).get("If-Match");
      puts.push([expected, JSON.parse(String(init.body))]);
      const status = expected === tag ? 200 : 412;
      return Promise.resolve(new Response("{}", { status, statusText: "Refused" }));
    }
    const found: Record<string, unknown> = {
      "/api/v1/connector-types": [],
      "/api/v1/overview": { topics: [] },
      "/api/v1/connectors/check": { problems, yaml: "" },
      "/api/v1/connectors/big": { name: "big", kind: "rule", type: "rule", ...stored },
      "/api/v1/config/files": {
        version: "1",
        files: [{ ...FILE, text: `rules: ${JSON.stringify({ big: RULE })}\n` }],
      },
    };
    return Promise.resolve(new Response(JSON.stringify(found[url]), { headers: { ETag: tag } }));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  showAt("/ui/connectors/big/edit", {
    path: "/ui/connectors/$connector/edit",
    validateSearch: () => ({}),
    component: EditPage,
  });
const yaml = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "YAML" });
const write = async (text: string) => {
  const box = await yaml();
  await userEvent.clear(box);
  await userEvent.click(box);
  await userEvent.paste(text);
};

describe("a change of what a file declares", () => {
  const offer = () =>
    screen.findByRole<HTMLButtonElement>("button", { name: "Show it in the configuration" });

  it("is not offered to the configuration while it is wrong, and the reason is told", async () => {
    const history = await open();
    await write("from: [orders\nto: big");
    expect((await offer()).disabled).toBe(true);
    expect(screen.getByText("Not yet: the YAML can’t be read.")).toBeTruthy();

    problems = [{ path: "/to", message: "No.", suggestion: "" }];
    await write("from: [orders]\nto: wrong\n");
    expect(await screen.findByText(/^Not yet: something is still wrong/)).toBeTruthy();
    expect((await offer()).disabled).toBe(true);

    problems = [];
    await write("from: [orders]\nto: right\n");
    await waitFor(async () => expect((await offer()).disabled).toBe(false));
    await userEvent.click(await offer());
    await waitFor(() => expect(history.location.pathname).toBe("/ui/configuration"));
    expect(sessionStorage.getItem("sluice.configuration.draft")).toContain("right");
  });
});

describe("a connector that somebody else changes meanwhile", () => {
  const save = () => userEvent.click(screen.getByRole("button", { name: "Save" }));
  const conflict = async () => {
    await write("from: [orders]\nto: mine\n");
    stored.config = { ...RULE, to: "theirs" };
    tag = '"2"';
    await save();
    return screen.findByRole<HTMLTextAreaElement>("textbox", { name: /compared with theirs/ });
  };

  beforeEach(() => {
    stored = { origin: "api", config: RULE };
  });

  it("is not written over: what differs is shown, and may be saved once it was", async () => {
    const history = await open();
    const comparison = await conflict();
    expect(comparison.value).toContain("to: mine");
    expect(comparison.title).toContain("to: theirs");
    await userEvent.click(screen.getByRole("button", { name: /^Go on with mine/ }));
    expect(screen.queryByText(/Yours is not saved/)).toBeNull();
    expect((await yaml()).value).toContain("to: mine");
    await save();
    await waitFor(() => expect(history.location.pathname).toBe("/ui/connectors/big"));
    const mine = { from: ["orders"], to: "mine" };
    expect(puts).toEqual([
      ['"1"', mine],
      ['"2"', mine],
    ]);
  });

  it("is shown as it is now to who drops theirs", async () => {
    await open();
    await conflict();
    await userEvent.click(screen.getByRole("button", { name: "Drop mine, show theirs" }));
    expect((await yaml()).value).toContain("to: theirs");
    await write("from: [orders]\nto: both\n");
    await save();
    await waitFor(() => expect(puts.at(-1)).toEqual(['"2"', { from: ["orders"], to: "both" }]));
  });

  it("is edited as it is now, whatever was seen of it before", async () => {
    const history = await open();
    await yaml();
    history.push("/elsewhere");
    await waitFor(() => expect(screen.queryByRole("textbox", { name: "YAML" })).toBeNull());
    stored.config = { ...RULE, to: "theirs" };
    history.back();
    expect((await yaml()).value).toContain("to: theirs");
  });
});
