import { describe, expect, it } from "vitest";
import type { ConnectorSummary, GroupSummary } from "../../api/schema";
import { clientsByTopic, clientsOf } from "./clients";

const connector = (name: string, reads: string[], writes: string[]) =>
  ({ name, reads, writes }) as unknown as ConnectorSummary;

const group = (name: string, ...topics: string[]) =>
  ({ name, topics, lag: 10 }) as unknown as GroupSummary;

describe("the clients of a topic", () => {
  it("are the connectors and groups that have to do with it", () => {
    const connectors = [connector("shop", [], ["orders"]), connector("store", ["orders"], [])];
    const groups = [group("billing", "orders"), group("other", "plants")];
    const { writers, readers, groups: found } = clientsOf("orders", connectors, groups);
    expect(writers.map(({ name }) => name)).toEqual(["shop"]);
    expect(readers.map(({ name }) => name)).toEqual(["store"]);
    expect(found.map(({ name }) => name)).toEqual(["billing"]);
    expect(clientsOf("unknown", connectors, groups).writers).toEqual([]);
  });

  it("are those, too, that set records aside there", () => {
    const shop = { ...connector("shop", [], ["orders"]), deadLetterTopic: "dead" };
    const { writers, setAside } = clientsOf("dead", [shop], []);
    expect(setAside.map(({ name }) => name)).toEqual(["shop"]);
    expect(writers).toEqual([]);
  });

  it("do not hold a connector's own group a second time", () => {
    const all = clientsByTopic([connector("store", ["orders"], [])], [
      group("connect-store", "orders"),
      group("connect-gone", "orders"),
    ]);
    expect(all.get("orders")?.groups.map(({ name }) => name)).toEqual(["connect-gone"]);
  });
});
