import { act, renderHook, waitFor } from "@testing-library/react";
import { describe, expect, it, vi } from "vitest";
import { FakeStream, fakeStreams } from "../../testing/streams";
import { pageFrom } from "./page";
import { useLiveEvents } from "./useLiveEvents";

fakeStreams();

const after = () => new URL(FakeStream.last.url, "http://gateway").searchParams.get("after");

describe("events as they happen", () => {
  it("go on where the stream was given up, and the interruption is over then", async () => {
    const { result } = renderHook(() => useLiveEvents({}, 7, false));
    expect(after()).toBe("7");
    act(() => FakeStream.last.say({ offset: 9 }, "9"));
    act(() => FakeStream.last.refuse());
    expect(result.current.isLost).toBe(true);
    await waitFor(() => expect(FakeStream.opened).toHaveLength(2));
    expect(after()).toBe("9");
    act(() => FakeStream.last.open());
    expect(result.current).toMatchObject({ isLost: false, events: [{ offset: 9 }] });
  });

  it("tell why the gateway has ended them", () => {
    const { result } = renderHook(() => useLiveEvents({}, 7, false));
    act(() => FakeStream.last.tell("problem", { status: 503, detail: "Offline." }));
    expect(result.current.error).toMatchObject({ status: 503, message: "Offline." });
    act(() => result.current.again());
    expect(FakeStream.opened).toHaveLength(2);
  });

  it("are known from the end on where no earlier one matches", async () => {
    vi.stubGlobal("fetch", (url: string) =>
      Promise.resolve(
        new Response(JSON.stringify({ events: url.includes("limit=1") ? [{ offset: 41 }] : [] })),
      ),
    );
    const page = await pageFrom(new URLSearchParams({ text: "x" }), new AbortController().signal);
    expect(page).toEqual({ events: [], end: 41 });
  });
});
