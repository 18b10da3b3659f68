import { screen, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, describe, expect, it, vi } from "vitest";
import type { Preview } from "../../api/schema";
import { show } from "../../testing/render";
import { Trials } from "./Trials";

const ANSWER: Preview = {
  records: [
    {
      topic: "shop.orders",
      rejected: false,
      timestamp: 1767225600000,
      key: "a",
      value: { total: 1 },
      headers: [
        { key: "trace", value: "abc" },
        { key: "raw", value: "AQI=", encoding: "base64" },
      ],
    },
  ],
  dropped: 0,
  end: "enough",
  shows: "The first rows.",
  tookMillis: 1,
};

afterEach(() => vi.unstubAllGlobals());

describe("what can be tried of a declaration", () => {
  it("tells why there is no preview", () => {
    show(<Trials name="" spec={{}} hasPreview={false} previewNote="A route can't be looked at." />);
    expect(screen.queryByRole("button", { name: "Preview" })).toBeNull();
    expect(screen.getByText("There is no preview. A route can't be looked at.")).toBeTruthy();
  });

  it("says nothing of previews where nobody asks for them", () => {
    show(<Trials name="" spec={{}} hasPreview={false} previewNote={undefined} />);
    expect(screen.queryByText(/preview/)).toBeNull();
  });

  it("tells of what was tried, also when something else stands there by then", async () => {
    let answer = (_: Response) => {};
    vi.stubGlobal("fetch", () => new Promise<Response>((resolve) => (answer = resolve)));
    const of = (host: string) => (
      <Trials name="shop" spec={{ config: { host } }} hasPreview previewNote={undefined} />
    );
    const { rerender } = show(of("a"));
    await userEvent.click(screen.getByRole("button", { name: "Test the connection" }));
    rerender(of("b"));
    answer(new Response(JSON.stringify({ facts: ["a answers."] })));
    await screen.findByText("a answers.");
    expect(screen.getByText(/^This is of an earlier version/)).toBeTruthy();
    rerender(of("a"));
    expect(screen.queryByText(/^This is of an earlier version/)).toBeNull();

    await userEvent.click(screen.getByRole("button", { name: "Preview" }));
    answer(new Response(JSON.stringify(ANSWER)));
    await screen.findByRole("table", { name: "Headers" });
    expect(screen.queryByText(/^This is of an earlier version/)).toBeNull();
    rerender(of("c"));
    expect(screen.getAllByText(/^This is of an earlier version/)).toHaveLength(2);
  });

  it("shows the records of a preview with their time and headers", async () => {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(ANSWER))));
    const { container } = show(
      <Trials name="" spec={{}} hasPreview previewNote="Shows the first rows." />,
    );
    expect(screen.getByText(/Shows the first rows/)).toBeTruthy();
    await userEvent.click(screen.getByRole("button", { name: "Preview" }));
    const headers = within(await screen.findByRole("table", { name: "Headers" }));
    expect(headers.getAllByRole("row").map((row) => row.textContent)).toEqual(["traceabc", "raw0x0102"]);
    expect(container.querySelector("time")?.dateTime).toBe("2026-01-01T00:00:00.000Z");
  });
});
