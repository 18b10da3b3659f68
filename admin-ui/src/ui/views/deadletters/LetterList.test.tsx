import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../../testing/render";
import { LetterList } from "./LetterList";
import { lettersQuery } from "./queries";
import type { LetterSearch } from "./search";

afterEach(() => vi.unstubAllGlobals());

const list = (search: LetterSearch) => (
  <LetterList topic="dead" search={search} onShow={() => {}} onJob={() => {}} />
);

const letter = (id: string) => ({ ...LETTER, id });

const LETTER = { id: "0:1", connector: "sink", error: { code: "refused", message: "" }, place: {} };

describe("the letters that are chosen", () => {
  it("are those of the filter that is shown", async () => {
    vi.stubGlobal("fetch", (url: string) =>
      Promise.resolve(
        new Response(
          JSON.stringify(
            url.includes("/count")
              ? { matching: 7, complete: true, upTo: "0:8" }
              : { letters: [LETTER], examined: 1 },
          ),
        ),
      ),
    );
    const { rerender } = show(list({}));
    await userEvent.click(await screen.findByRole("button", { name: "Select all that match" }));
    expect(await screen.findByText("All that match are selected: 7 letters")).toBeTruthy();

    rerender(list({ letter: "0:1" }));
    expect(screen.getByText("All that match are selected: 7 letters")).toBeTruthy();
    rerender(list({ code: "refused" }));
    expect(await screen.findByRole("button", { name: "Select those shown" })).toBeTruthy();
    expect(screen.queryByText(/All that match are selected/)).toBeNull();
  });
});

describe("the letters of a topic", () => {
  it("are looked for again when someone asks, or comes back", async () => {
    let letters = [letter("0:1")];
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(JSON.stringify({ letters, examined: letters.length }))),
    );
    const { unmount } = show(list({}));
    await screen.findByRole("checkbox", { name: "Select the letter 0:1" });
    letters = [letter("0:2"), ...letters];
    await userEvent.click(screen.getByRole("button", { name: "Look again" }));
    await screen.findByRole("checkbox", { name: "Select the letter 0:2" });
    unmount();
    expect(lettersQuery("dead", {}).staleTime).not.toBe(Number.POSITIVE_INFINITY);
  });
});
