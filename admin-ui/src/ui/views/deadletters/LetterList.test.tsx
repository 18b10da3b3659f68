import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../../testing/render";
import { LetterList } from "./LetterList";
import type { LetterSearch } from "./search";

afterEach(() => vi.unstubAllGlobals());

const list = (search: LetterSearch) => (
  <LetterList topic="dead" search={search} onShow={() => {}} onJob={() => {}} />
);

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
