import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { expect, it, vi } from "vitest";
import type { Topic } from "../../api/schema";
import { show } from "../../testing/render";
import { ProduceRecord } from "./ProduceRecord";

vi.mock("../../components/CodeEditor", () => import("../../testing/plainEditor"));

const TOPIC: Topic = {
  name: "orders",
  internal: false,
  partitions: 1,
  records: 0,
  sizeBytes: 0,
  partitionDetails: [],
};

const drawer = (opened: boolean) => (
  <ProduceRecord topic={TOPIC} opened={opened} onClose={() => {}} />
);
const value = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Value" });
const write = async (text: string) => {
  await userEvent.clear(await value());
  await userEvent.click(await value());
  await userEvent.paste(text);
};

it("keeps the record that is being written while it is closed", async () => {
  const { rerender } = show(drawer(true));
  await userEvent.type(screen.getByRole("textbox", { name: "Key" }), "4711");
  await write('{"a": 1}');
  await userEvent.click(screen.getByRole("button", { name: "Add a header" }));
  rerender(drawer(false));
  await waitFor(() => expect(screen.queryByRole("dialog")).toBeNull());
  rerender(drawer(true));
  expect((await value()).value).toBe('{"a": 1}');
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Key" }).value).toBe("4711");
  expect(screen.getByRole("textbox", { name: "Name of header 1" })).toBeTruthy();
});

it("points to where JSON goes wrong, whatever the browser says of the place", async () => {
  show(drawer(true));
  await write('{\n  "a": nope,\n  "b": 2\n}');
  expect(await screen.findByText(/^Line 2, column 8: /)).toBeTruthy();
});
