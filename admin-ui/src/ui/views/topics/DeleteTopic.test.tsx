import { screen, within } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Topic } from "../../api/schema";
import { showWithLinks } from "../../testing/render";
import { DeleteTopic } from "./DeleteTopic";

const topic = (name: string): Topic => ({
  name,
  internal: false,
  partitions: 1,
  records: 7,
  sizeBytes: 0,
  partitionDetails: [],
});

const connector = (name: string) => ({
  name,
  reads: [],
  writes: [],
  deadLetterTopic: "shop.dead-letters",
});

beforeEach(() => {
  vi.stubGlobal("fetch", (url: string) => {
    const found: Record<string, unknown> = {
      "/api/v1/overview": {
        connectors: [connector("warehouse"), connector("mail")],
        topics: [],
        groups: [],
      },
      "/api/v1/dead-letters": [{ name: "shop.dead-letters", open: 5, complete: true }],
      "/api/v1/config": { topics: { "shop.orders": {} } },
    };
    const name = url.split("/").at(-1) ?? "";
    return Promise.resolve(new Response(JSON.stringify(found[url] ?? topic(name))));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = async (name: string) => {
  await showWithLinks(<DeleteTopic topic={topic(name)} opened onClose={() => {}} />);
  return within(await screen.findByRole("dialog"));
};

it("says of dead letters how many are open, and who sets records aside there", async () => {
  const dialog = await open("shop.dead-letters");
  expect(await dialog.findByText(/^Dead letters, still open: 5 letters/)).toBeTruthy();
  expect(await dialog.findByText(/set records aside here.*: warehouse, mail$/)).toBeTruthy();
  expect(dialog.queryByText(/made anew, empty/)).toBeNull();
});

it("says of a topic that a file declares that it comes back", async () => {
  const dialog = await open("shop.orders");
  expect(await dialog.findByText(/^It is made anew, empty/)).toBeTruthy();
  expect(dialog.queryByText(/^Dead letters/)).toBeNull();
});
