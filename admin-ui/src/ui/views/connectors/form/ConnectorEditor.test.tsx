import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { ConnectorCheck, ConnectorType } from "../../../api/schema";
import { show } from "../../../testing/render";
import { emptySpec } from "./api";
import ConnectorEditor from "./ConnectorEditor";
import type { Spec } from "./specYaml";

vi.mock("../../../components/CodeEditor", () => import("../../../testing/plainEditor"));

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
      kinds: { type: "array", items: { type: "string", enum: ["cpu", "disk"] }, title: "Kinds" },
      version: { type: "string", enum: ["5", "3", "5"], title: "Version" },
      labels: { type: "object", title: "Labels", additionalProperties: { type: "string" } },
      route: { type: "array", title: "Route", examples: [{ from: { uri: "timer:tick" } }] },
    },
  } as object,
};

const ANSWER: ConnectorCheck = { problems: [], yaml: "" };
let answer: ConnectorCheck = ANSWER;
/** Of a name that is taken. */
const TAKEN: ConnectorCheck = {
  problems: [{ path: "", message: "there is a connector 'taken' already", suggestion: "" }],
  yaml: "",
};
const checked: { name: string; spec: Spec }[] = [];

vi.setConfig({ testTimeout: 30_000 });

beforeEach(() => {
  answer = ANSWER;
  checked.length = 0;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (!url.endsWith("/check")) {
      return new Promise(() => {});
    }
    const draft = JSON.parse(String(init.body)) as { name: string; spec: Spec };
    checked.push(draft);
    return Promise.resolve(new Response(JSON.stringify(draft.name === "taken" ? TAKEN : answer)));
  });
});
afterEach(() => vi.unstubAllGlobals());

function edit(spec: Spec, name = "", type: ConnectorType | null = TYPE) {
  const saved: [string, Spec][] = [];
  show(
    <ConnectorEditor
      start={{ name, spec }}
      type={type ?? undefined}
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

  it("lets nobody fill it in while the YAML can't be read, which would be lost", async () => {
    edit({ ...START, topic: "t" });
    const box = screen.getByLabelText("YAML", { selector: "textarea" });
    await userEvent.click(box);
    await userEvent.paste("# mine\nkey: [\n");
    expect(screen.getByText(/^The form can’t be changed until/)).toBeTruthy();
    const broken = yaml();
    await userEvent.type(field("Port"), "1");
    await userEvent.click(screen.getByRole("button", { name: "Begin with an example: Route" }));
    expect(yaml()).toBe(broken);

    await userEvent.clear(box);
    await userEvent.paste("# mine\nsource: postgres-cdc\nconfig: {}\n");
    await write("Port", "1");
    expect(yaml()).toContain("# mine\nsource: postgres-cdc\nconfig:\n  port: 1\n");
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
    answer = { problems: [{ path: "/config/url", message: "It is missing.", suggestion: "" }], yaml: "" };
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

  it("counts the name among what is wrong, and checks the rest without one", async () => {
    answer = { problems: [{ path: "/topic", message: "This is missing.", suggestion: "" }], yaml: "" };
    edit({ ...START, config: { url: "postgresql://x" } });
    await write("Port", "1");
    expect(screen.getByText(/^Name: Lower-case letters/)).toBeTruthy();
    await screen.findByText("/topic");
    expect(screen.queryByText("Nothing is wrong so far.")).toBeNull();
  });

  it("takes what was said of another name for nothing", async () => {
    const spec = { source: "postgres-cdc", topic: "t", config: { url: "postgresql://x" } };
    edit(spec, "take");
    await write("Port", "1");
    await screen.findByText("Nothing is wrong so far.");
    await write("Name", "n");
    expect(field("Name").value).toBe("taken");
    expect(screen.getByText("Checking…")).toBeTruthy();
    await waitFor(() =>
      expect(describedBy(field("Name"))).toContain("there is a connector 'taken' already"),
    );
    await write("Name", "2");
    await waitFor(() => expect(describedBy(field("Name"))).not.toContain("already"));
  });

  it("saves what only the gateway takes, such as a text for a list of one", async () => {
    const config = { url: "postgresql://x", tables: "orders", version: 5, route: "- from: x" };
    const saved = edit({ source: "postgres-cdc", topic: "t", config }, "shop");
    expect(field("Version").value).toBe("5");
    await write("Port", "1");
    await userEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(saved).toEqual([
      ["shop", { source: "postgres-cdc", topic: "t", config: { ...config, port: 1 } }],
    ]);
  });

  it("gives the gateway the last word", async () => {
    const spec = { source: "postgres-cdc", topic: "t", config: { url: "POSTGRESQL://x" } };
    const saved = edit(spec, "shop");
    await waitFor(() => expect(checked).toHaveLength(1));
    await userEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(saved).toEqual([["shop", spec]]);
  });

  it("offers what a list can hold, and tells which of its items is wrong", async () => {
    edit(START);
    await userEvent.click(field("Kinds"));
    expect(screen.getByRole("option", { name: "disk" })).toBeTruthy();
    await userEvent.paste("gpu");
    await waitFor(() => expect(describedBy(field("Kinds"))).toContain("gpu: Choose one of the list."));
  });

  it("tells at lists, maps and what is in the YAML what is wrong with them as a whole", async () => {
    const needed = ["tables", "labels", "route"];
    const schema = { ...TYPE.schema, required: needed };
    const problem = (name: string) => ({
      path: `/config/${name}`,
      message: `No ${name}.`,
      suggestion: "",
    });
    answer = { problems: needed.map(problem), yaml: "" };
    edit({ ...START, config: { tables: [], labels: {}, route: [] } }, "shop", { ...TYPE, schema });
    await userEvent.click(screen.getByRole("button", { name: "Create" }));
    const options = within(screen.getByRole("region", { name: "Options" }));
    for (const name of needed) {
      expect(await options.findByText(`No ${name}.`)).toBeTruthy();
    }
    expect(field("Tables").getAttribute("aria-invalid")).toBe("true");
  });

  it("leaves to the YAML what no input fits, and begins it with an example", async () => {
    edit(START);
    expect(screen.getByText("Not set; it can only be set in the YAML.")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Begin with an example: Route" }));
    expect(yaml()).toContain("  route:\n    from:\n      uri: timer:tick\n");
    expect(screen.getByText("This is set; change it in the YAML.")).toBeTruthy();
  });

  it("asks for what a rule reads and writes, and leaves the rest to the YAML", async () => {
    const saved = edit(emptySpec("rule", "rule"), "big", null);
    await write("From", "orders");
    await write("To", "big-orders");
    expect(screen.queryByRole("region", { name: "Options" })).toBeNull();
    await userEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(saved).toEqual([["big", { from: ["orders"], to: "big-orders" }]]);
  });

  it("saves what is right", async () => {
    const spec = { source: "postgres-cdc", topic: "t", config: { url: "postgresql://x" } };
    const saved = edit(spec, "shop");
    await userEvent.click(screen.getByRole("button", { name: "Create" }));
    expect(saved).toEqual([["shop", spec]]);
  });
});
