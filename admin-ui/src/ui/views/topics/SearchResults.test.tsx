import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { useState } from "react";
import { afterEach, describe, expect, it, vi } from "vitest";
import { show } from "../../testing/render";
import { SearchResults } from "./SearchResults";

afterEach(() => vi.unstubAllGlobals());

function Example() {
  const [turn, setTurn] = useState(0);
  return (
    <SearchResults
      topic="orders"
      search={{ key: "a" }}
      turn={turn}
      onAgain={() => setTurn(turn + 1)}
      shown={undefined}
      onShow={() => {}}
    />
  );
}

/** A search that fails, or else one that goes on until it is cancelled. */
const answers = (...isFailing: boolean[]) => {
  const asked = vi.fn((_: string, { signal }: RequestInit) =>
    isFailing[asked.mock.calls.length - 1] === true
      ? Promise.reject(new TypeError("network"))
      : new Promise((_, reject) => {
          signal?.addEventListener("abort", () => reject(new DOMException("", "AbortError")));
        }),
  );
  vi.stubGlobal("fetch", asked);
  return asked;
};

describe("a search", () => {
  it("can be run again once it has failed", async () => {
    const asked = answers(true, false);
    show(<Example />);
    const again = await screen.findByRole("button", { name: "Try again" });
    expect(screen.queryByText(/by itself/)).toBeNull();
    await userEvent.click(again);
    expect(asked).toHaveBeenCalledTimes(2);
    expect(await screen.findByRole("button", { name: "Cancel" })).toBeTruthy();
  });

  it("can be run again once it has been cancelled", async () => {
    const asked = answers(false, false);
    show(<Example />);
    await userEvent.click(await screen.findByRole("button", { name: "Cancel" }));
    await userEvent.click(await screen.findByRole("button", { name: "Run it again" }));
    expect(asked).toHaveBeenCalledTimes(2);
    expect(await screen.findByRole("button", { name: "Cancel" })).toBeTruthy();
  });

  it("says that partitions were left out, and can go on with them", async () => {
    const end =
      'event: end\ndata: {"reason":"offline","progress":{"scanned":1,"bytes":1,' +
      '"recordsPerSecond":1,"notEvaluated":0,"fraction":1},"from":"0:0","to":""}\n\n';
    vi.stubGlobal("fetch", () =>
      Promise.resolve(new Response(end, { headers: { "Content-Type": "text/event-stream" } })),
    );
    show(<Example />);
    expect(await screen.findByText(/but for partitions that can't be read now/)).toBeTruthy();
    expect(screen.getByRole("button", { name: "Go on" })).toBeTruthy();
  });
});
