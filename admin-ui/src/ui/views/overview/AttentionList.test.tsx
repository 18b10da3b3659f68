import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Overview } from "../../api/schema";
import { showWithLinks } from "../../testing/render";
import { AttentionList } from "./AttentionList";

it("leads from what is offline to the partitions of its topic, where the reason is", async () => {
  const overview = {
    attention: [
      { kind: "offline", subject: "orders", severity: "error", message: "Rot.", suggestion: "" },
    ],
    connectors: [],
  } as unknown as Overview;
  await showWithLinks(<AttentionList overview={overview} />);
  expect(screen.getByText<HTMLAnchorElement>("orders").getAttribute("href")).toBe(
    "/ui/topics/orders?tab=partitions",
  );
});
