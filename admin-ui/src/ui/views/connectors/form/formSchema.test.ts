import { describe, expect, it } from "vitest";
import { formSchema, uiSchemaOf } from "./formSchema";

const SCHEMA = {
  type: "object",
  required: ["user"],
  properties: {
    port: { type: "integer", default: 5432, title: "Port" },
    user: { type: "string", examples: ["shop"] },
    password: { type: "string", writeOnly: true },
    tables: { type: "array", items: { type: "string" } },
    headers: { type: "object", additionalProperties: { type: "string" }, writeOnly: true },
    batch: { type: "boolean", default: false },
    route: { type: "array", examples: [{ from: "x" }] },
    steps: { type: "array", items: { type: "object" } },
    kinds: { type: "array", items: { type: "string" }, default: ["cpu", "disk"] },
  },
};

describe("the form of a schema", () => {
  it("asks first for what must be given", () => {
    expect(uiSchemaOf(SCHEMA)["ui:order"]?.slice(0, 2)).toEqual(["user", "port"]);
  });

  it("shows defaults and examples as placeholders, and fills nothing in", () => {
    const ui = uiSchemaOf(SCHEMA);
    expect(ui["port"]).toEqual({ "ui:placeholder": "5432 unless set" });
    expect(ui["kinds"]).toMatchObject({ "ui:placeholder": "cpu, disk unless set" });
    expect(ui["user"]).toEqual({ "ui:placeholder": "such as shop" });
    expect(JSON.stringify(formSchema(SCHEMA, {}))).not.toContain("default");
  });

  it("asks for secrets, lists and maps in their own ways", () => {
    const ui = uiSchemaOf(SCHEMA);
    expect(ui["password"]).toEqual({ "ui:widget": "password" });
    expect(ui["tables"]).toEqual({ "ui:field": "TextList" });
    expect(ui["headers"]).toEqual({ "ui:field": "TextMap" });
    expect(ui["batch"]).toMatchObject({ "ui:widget": "checkbox" });
  });

  it("leaves lists of what is no text to the YAML", () => {
    const ui = uiSchemaOf(SCHEMA);
    expect(ui["route"]).toEqual({ "ui:field": "InYaml" });
    expect(ui["steps"]).toEqual({ "ui:field": "InYaml" });
  });

  it("takes a text where a value is a reference", () => {
    const schema = formSchema(SCHEMA, { port: "${env:PORT}" });
    expect(schema.properties?.["port"]).toMatchObject({ type: "string", title: "Port" });
  });
});
