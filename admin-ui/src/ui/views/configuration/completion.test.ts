import { CompletionContext } from "@codemirror/autocomplete";
import { EditorState } from "@codemirror/state";
import { readFileSync } from "node:fs";
import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { completeBy, describeBy } from "./completion";
import { placeAt } from "./place";
import type { Schema } from "./schema";

const published = resolve(import.meta.dirname, "../../../../../docs/gateway.schema.json");
const schema = JSON.parse(readFileSync(published, "utf8")) as Schema;
const complete = completeBy(schema, { topics: ["orders", "shop.orders"] });

/** What is offered where the text has a bar. */
function offered(text: string): string[] {
  const position = text.indexOf("|");
  const state = EditorState.create({ doc: text.replace("|", "") });
  const result = complete(new CompletionContext(state, position, true));
  return result === null || result instanceof Promise
    ? []
    : result.options.map((option) => option.label);
}

const place = (text: string) => placeAt(text.replace("|", ""), text.indexOf("|"));

describe("a place in a text", () => {
  it("is a key or a value on a path", () => {
    expect(place("top|")).toMatchObject({ path: [], kind: "key", from: 0 });
    expect(place("topics:\n  a:\n    par|")).toMatchObject({ path: ["topics", "a"], kind: "key" });
    expect(place("topics:\n  a:\n    b: 1\n  |")).toMatchObject({ path: ["topics"], kind: "key" });
    expect(place("a:\n  b: x|")).toMatchObject({ path: ["a", "b"], kind: "value", from: 8 });
    expect(place("a:\n  - b: 1\n    c|")).toMatchObject({ path: ["a", 0], kind: "key" });
    expect(place("a:\n- x\n- |")).toMatchObject({ path: ["a", 1], kind: "value" });
    expect(place('"a b":\n  c|')).toMatchObject({ path: ["a b"], kind: "key" });
  });

  it("may be within brackets", () => {
    expect(place("a: {b: 1, c|")).toMatchObject({ path: ["a"], kind: "key", from: 10 });
    expect(place("a: {b: {c: d|")).toMatchObject({ path: ["a", "b", "c"], kind: "value" });
    expect(place("a: [x, y|")).toMatchObject({ path: ["a", 1], kind: "value" });
    expect(place("a: {b: [{c|")).toMatchObject({ path: ["a", "b", 0], kind: "key" });
    expect(place("a: {b: 1}|")).toMatchObject({ path: ["a"], kind: "value" });
  });

  it("is none in a comment", () => {
    expect(place("a: 1 # b|")).toBeUndefined();
    expect(place('a: "#b|')).toMatchObject({ path: ["a"], kind: "value" });
  });
});

describe("completion", () => {
  it("offers the sections, without those that are there", () => {
    expect(offered("|")).toEqual(["server", "topics", "connectors", "rules"]);
    expect(offered("topics: {}\n|")).not.toContain("topics");
  });

  it("offers keys by what is known of the setting", () => {
    expect(offered("topics:\n  a:\n    |")).toEqual(
      expect.arrayContaining(["partitions", "retention", "compact"]),
    );
    expect(offered("topics: {a: {retention: {|")).toEqual(expect.arrayContaining(["time", "size"]));
  });

  it("offers types, and the options of the one that is chosen", () => {
    expect(offered("connectors:\n  a:\n    source: |")).toContain("postgres-cdc");
    const jdbc = "connectors:\n  a:\n    sink: jdbc\n    topics: [orders]\n    config:\n      ";
    expect(offered(`${jdbc}|`)).toEqual(expect.arrayContaining(["url", "table", "key-columns"]));
    expect(offered(`${jdbc}mode: |`)).toEqual(["upsert", "insert"]);
    expect(offered(`${jdbc}create-table: |`)).toEqual(["false", "true"]);
    expect(offered("connectors:\n  a:\n    sink: jdbc\n    |")).not.toContain("topic");
  });

  it("offers the topics that there are", () => {
    expect(offered("connectors:\n  a:\n    sink: jdbc\n    topics: [|")).toContain("shop.orders");
    expect(offered("rules:\n  a:\n    from:\n      - |")).toContain("orders");
    expect(offered("rules:\n  a:\n    to: |")).toContain("orders");
  });

  it("keeps quiet where nothing is known", () => {
    expect(offered("# |")).toEqual([]);
    expect(offered("topics:\n  |")).toEqual([]);
    expect(offered("a: *missing\nb: |")).toEqual([]);
  });
});

describe("what is told of a word", () => {
  const tell = describeBy(schema);
  const told = (text: string) =>
    tell(EditorState.create({ doc: text.replace("|", "") }), text.indexOf("|"));

  it("is the meaning of a key", () => {
    expect(told("topics:\n  a:\n    part|itions: 1")).toMatchObject({ title: "Partitions" });
    expect(told("connectors:\n  a:\n    sink: jdbc\n    config: {url: x, key|-columns: [a]}")).toMatchObject({
      title: "Key columns",
    });
    expect(told("topics:\n  a|: {}")).toMatchObject({ title: "Topic" });
  });

  it("is nothing of values and comments", () => {
    expect(told("topics:\n  a:\n    partitions: 1|2")).toBeUndefined();
    expect(told("# par|titions")).toBeUndefined();
  });
});
