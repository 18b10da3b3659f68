import { describe, expect, it } from "vitest";
import type { ConnectorType } from "../../../api/schema";
import { entries, fits } from "./catalogue";

const HOST: ConnectorType = {
  name: "host",
  kind: "source",
  title: "This machine",
  description: "Measures it.",
  version: "1",
  schema: {},
  preview: true,
};

describe("the catalogue", () => {
  const all = entries([HOST]);
  const found = (q: string, kind?: string) =>
    all.filter((entry) => fits(entry, q, kind)).map(({ name }) => name);

  it("has all types, and rules, which have none", () => {
    expect(all.map(({ kind, type }) => [kind, type?.name])).toEqual([
      ["source", "host"],
      ["rule", undefined],
    ]);
  });

  it("is searched by name, title, description and kind", () => {
    expect(found("MACHINE")).toEqual(["host"]);
    expect(found("", "rule")).toEqual(["rule"]);
    expect(found("", "sink")).toEqual([]);
  });
});
