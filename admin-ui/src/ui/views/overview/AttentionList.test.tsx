import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { Attention, Overview } from "../../api/schema";
import { showWithLinks } from "../../testing/render";
import { AttentionList } from "./AttentionList";
import { connector, overviewOf } from "./example";

const attention = (kind: Attention["kind"], subject: string): Attention => ({
  kind,
  subject,
  severity: "warning",
  message: "So it is.",
});

const of = (item: Attention): Overview => ({
  ...overviewOf([connector("warehouse", { deadLetterTopic: "warehouse.dead" })], []),
  attention: [item],
});

const target = async (name: string) =>
  (await screen.findByRole("link", { name })).getAttribute("href");

describe("what needs someone leads to where it is mended", () => {
  it("damage to the partitions of its topic", async () => {
    await showWithLinks(<AttentionList overview={of(attention("damage", "orders"))} />);
    expect(await target("orders")).toBe("/ui/topics/orders?tab=partitions");
  });

  it("what is offline to the partitions of its topic, where the reason is", async () => {
    await showWithLinks(<AttentionList overview={of(attention("offline", "orders"))} />);
    expect(await target("orders")).toBe("/ui/topics/orders?tab=partitions");
  });

  it("what was set aside to the letters of its connector", async () => {
    await showWithLinks(<AttentionList overview={of(attention("dead-letters", "warehouse"))} />);
    expect(await target("warehouse")).toBe("/ui/dead-letters/warehouse.dead?connector=warehouse");
  });

  it("and to all letters if the connector is gone", async () => {
    await showWithLinks(<AttentionList overview={of(attention("dead-letters", "gone"))} />);
    expect(await target("gone")).toBe("/ui/dead-letters");
  });
});

describe("of a kind that is many, not all are listed", () => {
  it("but it is said how many more there are, and where they are", async () => {
    await showWithLinks(
      <AttentionList
        overview={{
          ...of(attention("failed", "warehouse")),
          attention: [
            attention("offline", "orders"),
            attention("failed", "shop"),
            attention("failed", "warehouse"),
          ],
          omittedAttention: [
            { kind: "offline", count: 1980 },
            { kind: "failed", count: 180 },
          ],
        }}
      />,
    );
    expect(await target("and 1,980 more")).toBe("/ui/topics");
    expect(await target("and 180 more")).toBe("/ui/connectors?state=FAILED");
    expect(screen.getAllByRole("listitem").map((item) => item.textContent)).toEqual([
      expect.stringContaining("orders"),
      "Offline: and 1,980 more",
      expect.stringContaining("shop"),
      expect.stringContaining("warehouse"),
      "Failed: and 180 more",
    ]);
  });
});
