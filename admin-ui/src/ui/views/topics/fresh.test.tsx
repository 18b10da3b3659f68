import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Topic } from "../../api/schema";
import { show } from "../../testing/render";
import { DeleteRecords } from "./DeleteRecords";
import { StoredRecords } from "./StoredRecords";

const topic = (endOffset: number, startOffset = 0): Topic => ({
  name: "orders",
  internal: false,
  partitions: 1,
  records: endOffset,
  sizeBytes: 0,
  partitionDetails: [{ partition: 0, startOffset, endOffset, sizeBytes: 0 }],
});

const asked: string[] = [];
let isShortened = false;

beforeEach(() => {
  asked.length = 0;
  isShortened = false;
  vi.stubGlobal("fetch", (url: string) => {
    asked.push(url);
    const found = url.includes("/records?")
      ? { records: [], unreadable: [], next: "0:1000" }
      : topic(1_000, isShortened ? 700 : 0);
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
});
afterEach(() => vi.unstubAllGlobals());

describe("a topic that has grown since it was looked at", () => {
  it("begins with the first record that is there", async () => {
    isShortened = true;
    const search = { start: "offset", partition: 0 } as const;
    show(<StoredRecords topic={topic(10)} search={search} shown={undefined} onShow={() => {}} />);
    await waitFor(() => expect(asked.some((url) => url.includes("offset=700"))).toBe(true));
  });

  it("says how many records are deleted now", async () => {
    show(<DeleteRecords topic={topic(10)} opened onClose={() => {}} />);
    expect(await screen.findByText("0 of 1,000")).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "All that are there now" }));
    expect(screen.getByText("1,000 records will be lost.")).toBeTruthy();
  });
});
