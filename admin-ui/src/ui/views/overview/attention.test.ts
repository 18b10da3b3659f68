import { describe, expect, it } from "vitest";
import { attention } from "./attention";
import { connector, overviewOf, topic } from "./example";

const error = {
  code: "connection-refused",
  category: "external",
  message: "The database does not answer.",
  attempts: 3,
};

describe("what needs attention", () => {
  it("is nothing while all is well", () => {
    expect(attention(overviewOf([connector("shop")], [topic("orders")]))).toEqual([]);
  });

  it("begins with data that can't be read, then what failed, then what stumbles", () => {
    const stumbling = connector("stumbling", { state: "RESTARTING", error });
    const failed = connector("failed", { state: "FAILED", error });
    const offline = topic("orders", { offline: ["orders-3: bad checksum"] });
    expect(attention(overviewOf([stumbling, failed], [offline]))).toEqual([
      { kind: "offline", topic: "orders", reason: "orders-3: bad checksum" },
      { kind: "failed", connector: failed },
      { kind: "stumbling", connector: stumbling },
    ]);
  });
});
