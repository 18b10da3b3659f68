import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { EditorProps } from "../../../components/CodeEditor";
import { show } from "../../../testing/render";
import type { ConnectorType, DraftCheck } from "./api";
import ConnectorEditor from "./ConnectorEditor";
import type { Spec } from "./specYaml";

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

const TYPE: ConnectorType = {
  name: "postgres-cdc",
  kind: "source",
  title: "PostgreSQL",
  description: "Captures changes.",
  version: "1",
  preview: true,
  schema: {
    type: "object",
    additionalProperties: false,
    required: ["url"],
    properties: {
      url: { type: "string", pattern: "^postgresql://", title: "Database", description: "Where it is." },
      password: { type: "string", writeOnly: true, title: "Password" },
      port: { type: "integer", minimum: 1, title: "Port", default: 5432 },
      tables: { type: "array", items: { type: "string" }, title: "Tables" },
      wait: { type: "string", pattern: "^[0-9]+(ms|s|m|h|d)$", title: "Wait" },
    },
  },
};

const ANSWER: DraftCheck = { problems: [], yaml: "" };
let answer: DraftCheck = ANSWER;

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  answer = ANSWER;
  vi.stubGlobal("fetch", (url: string) =>
    url.endsWith("/check")
      ? Promise.resolve(new Response(JSON.stringify(answer)))
      : new Promise(() => {}),
  );
});
afterEach(() => vi.unstubAllGlobals());

function edit(spec: Spec, name = "") {
  const saved: [string, Spec][] = [];
  show(
    <ConnectorEditor
      start={{ name, spec }}
      type={TYPE}
      action="Create"
      isSaving={false}
      onSave={(...what) => saved.push(what)}
    />,
  );
  return saved;
}

const START = { source: "postgres-cdc", config: {} };
const field = (label: string) =>
  screen.getByLabelText<HTMLInputElement>(new RegExp(`^${label}`), { selector: "input" });
const write = async (label: string, value: string) => {
  await userEvent.click(field(label));
  await userEvent.paste(value);
};
const yaml = () => screen.getByLabelText<HTMLTextAreaElement>("YAML", { selector: "textarea" }).value;
const describedBy = (element: HTMLElement) =>
  (element.getAttribute("aria-describedby") ?? "")
    .split(" ")
    .map((id) => document.getElementById(id)?.textContent ?? "")
    .join(" ");

describe("the form of a connector", () => {
  it("tells of a mistake while one types, tied to its field, beside its help", async () => {
    edit(START);
    await write("Database", "mysql://x");
    expect(field("Database").getAttribute("aria-invalid")).toBe("true");
    expect(describedBy(field("Database"))).toContain("Where it is.");
    expect(describedBy(field("Database"))).toContain("This does not have the form");
    await userEvent.clear(field("Database"));
    await write("Database", "postgresql://x");
    expect(field("Database").getAttribute("aria-invalid")).not.toBe("true");
  });

  it("writes YAML as one fills it in, and only what was given", async () => {
    edit(START);
    await write("Port", "5433");
    await write("Tables", "orders");
    await userEvent.keyboard("{Enter}");
    await write("Topic", "shop");
    expect(yaml()).toBe(
      "source: postgres-cdc\nconfig:\n  port: 5433\n  tables:\n    - orders\ntopic: shop\n",
    );
  });

  it("follows the YAML, and keeps its comments", async () => {
    edit(START);
    await userEvent.clear(screen.getByLabelText("YAML", { selector: "textarea" }));
    await userEvent.click(screen.getByLabelText("YAML", { selector: "textarea" }));
    await userEvent.paste("source: postgres-cdc\nconfig:\n  # main\n  url: postgresql://db\n");
    expect(field("Database").value).toBe("postgresql://db");
    await write("Database", "/shop");
    expect(yaml()).toContain("  # main\n  url: postgresql://db/shop\n");
  });

  it("keeps a secret without showing it, until it is replaced", async () => {
    edit({ source: "postgres-cdc", config: { password: "${secret:shop.password}" } });
    expect(screen.getByText("A secret is kept. It is not shown.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Replace: Password" }));
    expect(field("Password").type).toBe("password");
    expect(field("Password").value).toBe("");
    await userEvent.click(screen.getByRole("button", { name: "Keep the old one" }));
    expect(yaml()).toContain("${secret:shop.password}");
  });

  it("goes to the first mistake instead of saving", async () => {
    const saved = edit(START, "shop");
    await userEvent.click(screen.getByRole("button", { name: "Create" }));
    await waitFor(() => expect(document.activeElement).toBe(field("Database")));
    expect(saved).toEqual([]);
  });

  it("shows what only the gateway knows at its field", async () => {
    answer = { problems: [{ path: "/topic", message: "There is no topic.", suggestion: "" }], yaml: "" };
    edit({ ...START, config: { url: "postgresql://x" } }, "shop");
    await write("Topic", "x");
    await waitFor(() => expect(describedBy(field("Topic"))).toContain("There is no topic."));
  });

  it("saves what is right", async () => {
    const spec = { source: "postgres-cdc", topic: "t", config: { url: "postgresql://x" } };
    const saved = edit(spec, "shop");
    await userEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(saved).toEqual([["shop", spec]]);
  });
});
