import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Topic } from "../../api/schema";
import { showAt } from "../../testing/render";
import { RecordBrowser } from "./RecordBrowser";
import { recordSearch } from "./search";

const TOPIC: Topic = {
  name: "orders",
  internal: false,
  partitions: 1,
  records: 2,
  sizeBytes: 0,
  partitionDetails: [{ partition: 0, startOffset: 700, endOffset: 702, sizeBytes: 0 }],
};

const record = (offset: number) => ({
  partition: 0,
  offset,
  timestamp: 0,
  key: null,
  value: `value ${offset}`,
  headers: [],
});

beforeEach(() => {
  vi.stubGlobal("fetch", (path: string) => {
    const { pathname, searchParams } = new URL(path, "http://gateway");
    const offset = searchParams.get("offset");
    const records =
      offset === null ? [record(701), record(700)] : [record(Number(offset))];
    const found = pathname.endsWith("/records") ? { records, unreadable: [], next: "" } : TOPIC;
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = (search: string) =>
  showAt(`/ui/topics/orders${search}`, {
    path: "/ui/topics/$topic",
    validateSearch: recordSearch,
    component: () => <RecordBrowser topic={TOPIC} />,
  });

it("shows the record that the address names, and names the one that is looked at", async () => {
  const history = await open("?record=0:500");
  expect(await screen.findByText("Partition 0, Offset 500")).toBeTruthy();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(history.location.search).toBe(""));
  await userEvent.click(screen.getByRole("button", { name: "Show the record 0:701" }));
  expect(await screen.findByText("Partition 0, Offset 701")).toBeTruthy();
  expect(new URLSearchParams(history.location.search).get("record")).toBe("0:701");
});

it("leads back to the list as it was left, and through no record again", async () => {
  const history = await open("");
  const row = await screen.findByRole("button", { name: "Show the record 0:701" });
  window.scrollTo(0, 500);
  document.dispatchEvent(new Event("scroll"));
  await userEvent.click(row);
  await screen.findByText("Partition 0, Offset 701");
  expect(history.location.state.__TSR_index).toBe(1);
  expect(window.scrollY).toBe(500);
  await userEvent.keyboard("{Escape}{Escape}");
  await waitFor(() => expect(history.location.search).toBe(""));
  expect(history.location.state.__TSR_index).toBe(0);
  await waitFor(() => expect(document.activeElement).toBe(row));
  expect(window.scrollY).toBe(500);
});

it("begins where a partition begins, unless an offset is said", async () => {
  await open("?start=offset&partition=0");
  expect((await screen.findByLabelText<HTMLInputElement>("Offset")).value).toBe("700");
});

it("leaves what is typed into a search while a partition is chosen for it", async () => {
  await open("?start=search");
  const key = await screen.findByRole<HTMLInputElement>("textbox", { name: "Key" });
  await userEvent.type(key, "4711");
  await userEvent.click(screen.getByRole("combobox", { name: "Partition" }));
  await userEvent.click(await screen.findByRole("option", { name: "0" }));
  await waitFor(() =>
    expect(screen.getByRole<HTMLInputElement>("combobox", { name: "Partition" }).value).toBe("0"),
  );
  expect(screen.getByRole<HTMLInputElement>("textbox", { name: "Key" }).value).toBe("4711");
});
