import { describe, expect, it } from "vitest";
import type { ConnectorSummary, Group } from "../../api/schema";
import { clientsByTopic, clientsOf } from "./clients";

const connector = (name: string, reads: string[], writes: string[]) =>
  ({ name, reads, writes }) as unknown as ConnectorSummary;

const group = (name: string, ...topics: string[]): Group => ({
  name,
  lag: 0,
  offsets: topics.map((topic, partition) => ({ topic, partition, offset: 0, lag: 5 })),
});

describe("the clients of a topic", () => {
  it("are the connectors and groups that have to do with it", () => {
    const connectors = [connector("shop", [], ["orders"]), connector("store", ["orders"], [])];
    const groups = [group("billing", "orders", "orders"), group("other", "plants")];
    const { writers, readers, groups: found } = clientsOf("orders", connectors, groups);
    expect(writers.map(({ name }) => name)).toEqual(["shop"]);
    expect(readers.map(({ name }) => name)).toEqual(["store"]);
    expect(found).toEqual([{ name: "billing", lag: 10, partitions: 2 }]);
    expect(clientsOf("unknown", connectors, groups).writers).toEqual([]);
  });

  it("do not hold a connector's own group a second time", () => {
    const all = clientsByTopic([connector("store", ["orders"], [])], [
      group("connect-store", "orders"),
      group("connect-gone", "orders"),
    ]);
    expect(all.get("orders")?.groups.map(({ name }) => name)).toEqual(["connect-gone"]);
  });
});
