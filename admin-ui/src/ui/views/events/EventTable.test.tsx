import { screen } from "@testing-library/react";
import { expect, it } from "vitest";
import type { Event } from "../../api/schema";
import { showWithLinks } from "../../testing/render";
import { EventTable } from "./EventTable";

const event = (offset: number, type: string, subject: string): Event => ({
  offset,
  type,
  subject,
  message: "So it was.",
  time: "2026-01-01T00:00:00Z",
});

it("an event leads to what it happened to, if that is still there", async () => {
  await showWithLinks(
    <EventTable
      events={[
        event(3, "group.offsets-reset", "billing"),
        event(2, "group.deleted", "readers"),
        event(1, "topic.created", "orders"),
        event(0, "user.changed", "anna"),
      ]}
    />,
  );
  const link = await screen.findByRole("link", { name: "billing" });
  expect(link.getAttribute("href")).toBe("/ui/groups/billing");
  expect(screen.getAllByRole("link").map(({ textContent }) => textContent)).toEqual([
    "billing",
    "orders",
  ]);
  expect(screen.getByText("readers")).toBeTruthy();
});
