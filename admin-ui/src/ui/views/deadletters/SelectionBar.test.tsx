import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../../testing/render";
import type { LetterSearch } from "./search";
import { SelectionBar } from "./SelectionBar";

afterEach(() => vi.unstubAllGlobals());

const bar = (search: LetterSearch, chosen: string[]) => (
  <SelectionBar
    topic="dead"
    search={search}
    shown={chosen}
    chosen={chosen}
    onChoose={() => {}}
    onJob={() => {}}
  />
);

const ids = (n: number) => Array.from({ length: n }, (_, i) => `0:${i}`);

describe("more letters than the gateway takes by name", () => {
  it("are not sent: all that match can be", async () => {
    vi.stubGlobal("fetch", () =>
      Promise.resolve(
        new Response(JSON.stringify({ matching: 1_001, complete: true, upTo: "0:1001" })),
      ),
    );
    show(bar({}, ids(1_001)));
    expect(screen.queryByRole("button", { name: "Send again" })).toBeNull();
    expect(screen.getByText(/More than 1,000 can’t be named/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Select all that match" }));
    expect(await screen.findByRole("button", { name: "Send again" })).toBeTruthy();
  });

  it("are only those", () => {
    show(bar({}, ids(1_000)));
    expect(screen.getByRole("button", { name: "Send again" })).toBeTruthy();
  });
});

describe("letters that may have been sent before", () => {
  it("are said to be sent once more", async () => {
    show(bar({ state: "any" }, ids(2)));
    await userEvent.click(screen.getByRole("button", { name: "Send again" }));
    expect(await screen.findByText(/their readers get them twice/)).toBeTruthy();
  });

  it("are said to lose their mark", async () => {
    show(bar({ state: "sent" }, ids(2)));
    await userEvent.click(screen.getByRole("button", { name: "Discard" }));
    expect(await screen.findByText(/marked as discarded from then on/)).toBeTruthy();
  });

  it("are none of the open ones", async () => {
    show(bar({}, ids(2)));
    await userEvent.click(screen.getByRole("button", { name: "Send again" }));
    expect(await screen.findByText("Where to")).toBeTruthy();
    expect(screen.queryByText(/their readers get them twice/)).toBeNull();
  });
});
