import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EditorProps } from "../../../components/CodeEditor";
import { showAt } from "../../../testing/render";
import { EditPage } from "./EditPage";

// The editor itself has tests of its own.
vi.mock("../../../components/CodeEditor", () => ({
  CodeEditor: ({ value, onChange, ariaLabel }: EditorProps) => (
    <textarea
      aria-label={ariaLabel}
      value={value}
      onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
    />
  ),
}));

const RULE = { from: ["orders"], to: "big-orders" };
const FILE = { name: "gateway.yaml", path: "/gateway.yaml", secrets: 0 };

/** What the gateway has of the rule. */
let stored: { origin: "api" | "file"; config: Record<string, unknown> };
let problems: unknown[];

beforeEach(() => {
  sessionStorage.clear();
  stored = { origin: "file", config: RULE };
  problems = [];
  vi.stubGlobal("fetch", (url: string) => {
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
    return Promise.resolve(new Response(JSON.stringify(found[url])));
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
