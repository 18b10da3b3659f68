import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { GroupSummary } from "../../api/schema";
import { show, showWithLinks } from "../../testing/render";
import { GroupStateBadge } from "./GroupStateBadge";
import { MemberTable } from "./MemberTable";
import { matches } from "./GroupsPage";

const group = (name: string, connector?: string): GroupSummary => ({
  name,
  type: "classic",
  state: "EMPTY",
  members: 0,
  topics: ["orders"],
  partitions: 1,
  lag: 0,
  ...(connector !== undefined && { connector }),
});

it("the group of a connector is not among the empty ones: a connector never joins it", () => {
  expect(matches(group("readers"), { state: "EMPTY" })).toBe(true);
  expect(matches(group("connect-shop", "shop"), { state: "EMPTY" })).toBe(false);
  expect(matches(group("connect-shop", "shop"), {})).toBe(true);
});

describe("what the group of a connector shows", () => {
  it("is its connector's state", () => {
    show(<GroupStateBadge state="EMPTY" connector="RUNNING" />);
    expect(screen.getByText("running")).toBeTruthy();
    expect(screen.queryByText("empty")).toBeNull();
  });

  it("is that the connector reads without joining", async () => {
    const shop = { ...group("connect-shop", "shop"), assignor: "", memberDetails: [], offsets: [] };
    await showWithLinks(<MemberTable group={shop} />);
    const link = await screen.findByRole("link", { name: "shop" });
    expect(link.getAttribute("href")).toBe("/ui/connectors/shop");
    expect(screen.getByText(/reads without joining the group/)).toBeTruthy();
    expect(screen.queryByText("Nobody is in the group now.")).toBeNull();
  });
});

it("a group of consumers shows its own state", () => {
  show(<GroupStateBadge state="EMPTY" connector={undefined} />);
  expect(screen.getByText("empty")).toBeTruthy();
});
