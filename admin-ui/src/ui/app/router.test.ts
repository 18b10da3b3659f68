import { describe, expect, it } from "vitest";
import { router } from "./router";

function page(address: string): string | undefined {
  return router.matchRoutes(address, {}).at(-1)?.fullPath;
}

describe("the addresses of views", () => {
  it("hold texts as they are, whatever they look like", () => {
    const search = { q: "2024" };
    expect(router.buildLocation({ to: "/ui/topics", search }).href).toBe("/ui/topics?q=2024");
    const [, topics] = router.matchRoutes("/ui/topics", router.options.parseSearch("?q=2024"));
    expect(topics?.search).toEqual(search);
  });

  it("hide no connector, whatever its name", () => {
    expect(page("/ui/connectors/new")).toBe("/ui/connectors/$connector");
    expect(page("/ui/connectors/new/edit")).toBe("/ui/connectors/$connector/edit");
  });

  it("lead to new connectors", () => {
    expect(page("/ui/new-connector")).toBe("/ui/new-connector");
    expect(page("/ui/new-connector/sink/jdbc")).toBe("/ui/new-connector/$kind/$type");
  });
});
