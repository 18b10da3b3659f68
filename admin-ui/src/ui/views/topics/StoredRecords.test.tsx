import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Topic } from "../../api/schema";
import { show } from "../../testing/render";
import { KEPT_PAGES } from "./positions";
import { StoredRecords } from "./StoredRecords";

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
