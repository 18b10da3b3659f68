import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Record as TopicRecord } from "../../api/schema";
import { show } from "../../testing/render";
import { RecordDrawer } from "./RecordDrawer";

const record = (value: unknown, offset = 17): TopicRecord => ({
  partition: 2,
  offset,
  timestamp: 0,
  key: null,
  value,
  headers: [],
});

/** What is stored, as text, and as the API shows it otherwise. */
let stored: { text: string; json: unknown; offset: number };
let asked: URL[] = [];
let isBroken = false;

beforeEach(() => {
  asked = [];
  isBroken = false;
  stored = { text: '{ "a" : 1.10 }', json: { a: 1.1 }, offset: 17 };
  vi.stubGlobal("fetch", (path: string) => {
    const url = new URL(path, "http://gateway");
    asked.push(url);
    if (isBroken) {
      return Promise.resolve(new Response("", { status: 500, statusText: "Broken" }));
    }
    const isText = url.searchParams.get("form") === "text";
    const records = [record(isText ? stored.text : stored.json, stored.offset)];
    return Promise.resolve(new Response(JSON.stringify({ records, unreadable: [], next: "" })));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = (known?: TopicRecord) =>
  show(<RecordDrawer topic="orders" place="2:17" known={known} onClose={() => {}} />);
const content = () => screen.getByRole("dialog").querySelector("pre")?.textContent;

describe("a record that is looked at", () => {
  it("is as text and bytes exactly what is stored", async () => {
    open(record({ a: 1.1 }));
    expect(content()).toBe('{\n  "a": 1.1\n}');
    await userEvent.click(screen.getByText("Text"));
    await waitFor(() => expect(content()).toBe('{ "a" : 1.10 }'));
    await userEvent.click(screen.getByText("Hex"));
    expect(content()).toContain("7b 20 22 61 22 20 3a 20 31 2e 31 30 20 7d");
    expect(asked).toHaveLength(1);
    expect(asked[0]?.pathname).toBe("/api/v1/topics/orders/records");
    expect(Object.fromEntries(asked[0]?.searchParams ?? [])).toEqual({
      partition: "2",
      offset: "17",
      limit: "1",
      form: "text",
    });
  });

  it("shows the quotes of JSON that is a string", async () => {
    stored = { text: '"abc"', json: "abc", offset: 17 };
    open(record("abc"));
    await waitFor(() => expect(content()).toBe('"abc"'));
  });

  it("is asked for if it is not among those that are listed", async () => {
    open();
    await waitFor(() => expect(content()).toBe('{\n  "a": 1.1\n}'));
    expect(screen.getByText("Partition 2, Offset 17")).toBeTruthy();
  });

  it("is told to be gone if another is in its place", async () => {
    stored.offset = 18;
    open(record({ a: 1.1 }));
    expect(await screen.findByText("The record is not there any more.")).toBeTruthy();
    expect(content()).toBe('{\n  "a": 1.1\n}');
    expect(screen.getByRole<HTMLButtonElement>("button", { name: "Download" }).disabled).toBe(true);
  });

  it("stays while it is read, though the list lets go of it", async () => {
    const { rerender } = open(record({ b: 2 }));
    expect(content()).toBe('{\n  "b": 2\n}');
    rerender(<RecordDrawer topic="orders" place="2:17" known={undefined} onClose={() => {}} />);
    expect(content()).toBe('{\n  "b": 2\n}');
    await waitFor(() => expect(asked.map((url) => url.searchParams.get("form"))).toEqual(["text"]));
  });

  it("is shown as it is known if what is stored can't be had", async () => {
    isBroken = true;
    open(record("just text"));
    expect(await screen.findByText("500 Broken")).toBeTruthy();
    expect(content()).toBe("just text");
    await userEvent.click(screen.getByText("Hex"));
    expect(content()).toBeUndefined();
    expect(screen.queryByText("Loading…")).toBeNull();
  });

  it("is shown as bytes if it is known as such", async () => {
    isBroken = true;
    open({ ...record("AAE="), encoding: "base64" });
    expect(await screen.findByText("500 Broken")).toBeTruthy();
    expect(content()).toContain("00 01");
  });
});
