import { describe, expect, it } from "vitest";
import { router } from "./router";

function page(address: string): string | undefined {
  return router.matchRoutes(address, {}).at(-1)?.fullPath;
}

describe("the addresses of views", () => {
  it("hide no connector, whatever its name", () => {
    expect(page("/ui/connectors/new")).toBe("/ui/connectors/$connector");
    expect(page("/ui/connectors/new/edit")).toBe("/ui/connectors/$connector/edit");
  });

  it("lead to new connectors", () => {
    expect(page("/ui/new-connector")).toBe("/ui/new-connector");
    expect(page("/ui/new-connector/sink/jdbc")).toBe("/ui/new-connector/$kind/$type");
  });
});
