import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it } from "vitest";
import { showWithLinks } from "../../testing/render";
import { AllTopicLinks } from "./TopicLinks";

const topics = (count: number) => Array.from({ length: count }, (_, i) => `shop.table-${i}`);
const links = () => screen.getAllByRole("link").map((link) => link.getAttribute("href"));

it("leads to each of many topics once someone wants to see all", async () => {
  await showWithLinks(<AllTopicLinks topics={topics(30)} />);
  expect(links()).toHaveLength(3);
  await userEvent.click(screen.getByRole("button", { name: "and 27 more" }));
  expect(links()).toEqual(topics(30).map((topic) => `/ui/topics/${topic}`));
  await userEvent.click(screen.getByRole("button", { name: "Show fewer" }));
  expect(links()).toHaveLength(3);
});

it("shows few topics as they are", async () => {
  await showWithLinks(<AllTopicLinks topics={topics(3)} />);
  expect(links()).toHaveLength(3);
  expect(screen.queryByRole("button")).toBeNull();
});
