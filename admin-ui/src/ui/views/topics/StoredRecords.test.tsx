import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterAll, afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Topic } from "../../api/schema";
import { show } from "../../testing/render";
import { KEPT_PAGES, PAGE_RECORDS } from "./positions";
import { StoredRecords } from "./StoredRecords";

// Test files share modules: this one and the next begin with their own.
vi.hoisted(() => vi.resetModules());
afterAll(() => void vi.resetModules());

// Of a hundred the document would be full.
vi.mock("./positions", async (load) => ({ ...(await load<object>()), PAGE_RECORDS: 2 }));

const TOPIC: Topic = {
  name: "orders",
  internal: false,
  partitions: 1,
  records: 300,
  sizeBytes: 0,
  partitionDetails: [{ partition: 0, startOffset: 0, endOffset: 300, sizeBytes: 0 }],
};

let end = 3;
let asked: string[] = [];

/** A record a page, from the newest to the oldest. */
beforeEach(() => {
  end = 3;
  asked = [];
  vi.stubGlobal("fetch", (path: string) => {
    const url = new URL(path, "http://gateway");
    const before = url.searchParams.get("before");
    if (before === null) {
      return Promise.resolve(new Response(JSON.stringify(TOPIC)));
    }
    asked.push(before);
    const offset = (before === "latest" ? end : Number(before.split(":")[1])) - 1;
    const page = {
      records: [{ partition: 0, offset, timestamp: 0, value: `value ${offset}`, headers: [] }],
      unreadable: [{ partition: 1, offset: 0, nextOffset: 0, timestamp: 0, message: "Rot." }],
      next: offset === 0 ? "" : `0:${offset}`,
    };
    return Promise.resolve(new Response(JSON.stringify(page)));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  show(<StoredRecords topic={TOPIC} search={{}} shown={undefined} onShow={() => {}} />);
const values = () => screen.queryAllByText(/^value /).map((one) => one.textContent);
const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));

describe("the newest records", () => {
  it("come first, and lead back to the oldest", async () => {
    open();
    await waitFor(() => expect(values()).toEqual(["value 2"]));
    await click("Show older ones");
    await waitFor(() => expect(values()).toEqual(["value 2", "value 1"]));
    await click("Show older ones");
    await waitFor(() => expect(values()).toEqual(["value 2", "value 1", "value 0"]));
    expect(asked).toEqual(["latest", "0:2", "0:1"]);
    expect(screen.queryByRole("button", { name: "Show older ones" })).toBeNull();
    expect(screen.getByText("That is all there is now.")).toBeTruthy();
    expect(screen.getAllByText("Partition 1 can’t be read")).toHaveLength(1);

    end = 4;
    await click("Look again");
    await waitFor(() => expect(values()).toEqual(["value 3"]));
  });

  it("make room for older ones", async () => {
    end = KEPT_PAGES + 2;
    open();
    for (let pages = 1; pages <= KEPT_PAGES; pages += 1) {
      await waitFor(() => expect(asked).toHaveLength(pages));
      await waitFor(() => expect(values()).toContain(`value ${end - pages}`));
      await click("Show older ones");
    }
    await waitFor(() => expect(values()).toContain("value 1"));
    expect(values()).toHaveLength(KEPT_PAGES);
    expect(screen.getByText("What was shown first has made room.")).toBeTruthy();
  });
});

describe("records from the beginning", () => {
  /** As many as there are up to `end`, two a page. */
  beforeEach(() =>
    vi.stubGlobal("fetch", (path: string) => {
      const from = new URL(path, "http://gateway").searchParams.get("from");
      if (from === null) {
        return Promise.resolve(new Response(JSON.stringify(TOPIC)));
      }
      asked.push(from);
      const first = from === "earliest" ? 0 : Number(from.split(":")[1]);
      const length = Math.max(0, Math.min(end - first, PAGE_RECORDS));
      const records = Array.from({ length }, (_, i) => ({
        partition: 0,
        offset: first + i,
        timestamp: 0,
        value: `value ${first + i}`,
        headers: [],
      }));
      const page = { records, unreadable: [], next: `0:${first + length}` };
      return Promise.resolve(new Response(JSON.stringify(page)));
    }),
  );
  const openForward = () =>
    show(
      <StoredRecords
        topic={TOPIC}
        search={{ start: "earliest" }}
        shown={undefined}
        onShow={() => {}}
      />,
    );
  const rows = () => Number(screen.getByRole("table").getAttribute("aria-rowcount")) - 1;

  it("stay, however often newer ones are looked for, and have them where they come", async () => {
    end = 1;
    openForward();
    await waitFor(() => expect(values()).toEqual(["value 0"]));
    for (let times = 1; times <= KEPT_PAGES + 2; times += 1) {
      await click("Look for newer ones");
      await waitFor(() => expect(asked).toHaveLength(times + 1));
    }
    expect(values()).toEqual(["value 0"]);
    expect(screen.queryByText("No records here.")).toBeNull();
    end = 2;
    await click("Look for newer ones");
    await waitFor(() => expect(values()).toEqual(["value 0", "value 1"]));
    expect(screen.queryByRole("button", { name: "Begin anew" })).toBeNull();
  });

  it("do not make room for a page with nothing in it", async () => {
    end = KEPT_PAGES * PAGE_RECORDS;
    openForward();
    for (let pages = 1; pages <= KEPT_PAGES; pages += 1) {
      await waitFor(() => expect(rows()).toBe(pages * PAGE_RECORDS));
      await click("Show more");
    }
    await screen.findByText("That is all there is now.");
    expect(rows()).toBe(end);
    expect(screen.queryByText("What was shown first has made room.")).toBeNull();
  });
});
