import { screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { DeadLetter, DeadLetterJob } from "../../api/schema";
import { showAt } from "../../testing/render";
import { fakeStreams } from "../../testing/streams";
import { DeadLetterTopicPage } from "./DeadLetterTopicPage";
import { letterSearch } from "./search";

vi.mock("../../components/CodeEditor", () => import("../../testing/plainEditor"));

const LETTER: DeadLetter = {
  id: "0:1",
  partition: 0,
  offset: 1,
  connector: "warehouse",
  error: { code: "refused", message: "Refused." },
  place: {},
  origin: { topic: "orders", partition: 0, offset: 41 },
  redeliveries: 0,
  destination: { kind: "connector", name: "warehouse" },
  timestamp: 0,
  key: "k",
  value: "stored",
  headers: [],
};

const JOB: DeadLetterJob = {
  id: "1",
  topic: "dead",
  act: "sent",
  state: "running",
  started: "2026-01-01T00:00:00Z",
  total: 1,
  examined: 0,
  done: 0,
  refused: 0,
  refusals: [],
};

const bodies: unknown[] = [];
let letter: DeadLetter;

fakeStreams();
beforeEach(() => {
  bodies.length = 0;
  letter = LETTER;
  vi.stubGlobal("fetch", (url: string, init: RequestInit) => {
    if (init.method === "POST") {
      bodies.push(JSON.parse(String(init.body)));
      return Promise.resolve(new Response(JSON.stringify(JOB)));
    }
    const { pathname } = new URL(url, "http://gateway");
    const found: Record<string, unknown> = {
      "/api/v1/overview": { connectors: [], topics: [], groups: [] },
      "/api/v1/dead-letters/dead": { letters: [], examined: 0 },
      "/api/v1/dead-letters/dead/letters/0%3A1": letter,
    };
    return Promise.resolve(new Response(JSON.stringify(found[pathname] ?? [])));
  });
});
afterEach(() => vi.unstubAllGlobals());

const open = () =>
  showAt("/ui/dead-letters/dead?letter=0:1", {
    path: "/ui/dead-letters/$topic",
    validateSearch: letterSearch,
    component: DeadLetterTopicPage,
  });
const value = () => screen.findByRole<HTMLTextAreaElement>("textbox", { name: "Value" });
const write = async (text: string) => {
  const field = await value();
  await userEvent.clear(field);
  await userEvent.click(field);
  await userEvent.paste(text);
};
const question = async () =>
  within(await screen.findByRole("dialog", { name: "Leave, and lose your changes?" }));

describe("a letter that someone has changed", () => {
  it("stays so while its other parts are looked at", async () => {
    await open();
    await write("mended");
    await userEvent.click(screen.getByRole("tab", { name: "Details" }));
    await userEvent.click(screen.getByRole("tab", { name: "Change and send" }));
    expect((await value()).value).toBe("mended");
  });

  it("has its text again when it shall be no tombstone after all", async () => {
    await open();
    await write("mended");
    const tombstone = screen.getByRole("checkbox", { name: "No value (tombstone)" });
    await userEvent.click(tombstone);
    expect(screen.queryByRole("textbox", { name: "Value" })).toBeNull();
    await userEvent.click(tombstone);
    expect((await value()).value).toBe("mended");
  });

  it("is closed only by who says that it may be lost", async () => {
    const history = await open();
    await write("mended");
    await userEvent.keyboard("{Escape}");
    await userEvent.click((await question()).getByRole("button", { name: "Stay" }));
    expect((await value()).value).toBe("mended");
    expect(history.location.search).toContain("letter");

    await userEvent.click(screen.getByRole("link", { name: "orders 0:41" }));
    await question();
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByText(/kept nowhere/)).toBeNull());
    expect(history.location.pathname).toBe("/ui/dead-letters/dead");
    expect((await value()).value).toBe("mended");

    await userEvent.keyboard("{Escape}");
    await userEvent.click((await question()).getByRole("button", { name: "Leave" }));
    await waitFor(() => expect(history.location.search).toBe(""));
  });

  it("is still there when the question before sending it is left by Escape", async () => {
    await open();
    await write("mended");
    await userEvent.click(screen.getByRole("button", { name: "Send the changed letter" }));
    await screen.findByText("Where to");
    await userEvent.keyboard("{Escape}");
    await waitFor(() => expect(screen.queryByText("Where to")).toBeNull());
    expect(screen.queryByText(/kept nowhere/)).toBeNull();
    expect((await value()).value).toBe("mended");
  });

  it("closes by itself once it is sent", async () => {
    const history = await open();
    await write("mended");
    await userEvent.click(screen.getByRole("button", { name: "Send the changed letter" }));
    await userEvent.click(
      within(await screen.findByRole("dialog", { name: /^Send again/ })).getByRole("button", {
        name: "Send again",
      }),
    );
    await waitFor(() => expect(history.location.search).toBe(""));
    expect(bodies).toEqual([{ letters: ["0:1"], to: "origin", edit: { value: "mended" } }]);
  });
});

it("a letter that nobody has changed closes without a question", async () => {
  const history = await open();
  await value();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(history.location.search).toBe(""));
});

it("a letter that was sent before is said to come twice", async () => {
  const done = { act: "sent", to: "warehouse", time: "2026-01-01T00:00:00Z" } as const;
  letter = { ...LETTER, done };
  await open();
  await value();
  await userEvent.click(screen.getByRole("button", { name: "Send again" }));
  expect(await screen.findByText(/its readers get it twice/)).toBeTruthy();
  await userEvent.keyboard("{Escape}");
  await waitFor(() => expect(screen.queryByText("Where to")).toBeNull());
  await userEvent.click(screen.getByRole("button", { name: "Discard" }));
  expect(await screen.findByText(/marked as discarded from then on/)).toBeTruthy();
});
