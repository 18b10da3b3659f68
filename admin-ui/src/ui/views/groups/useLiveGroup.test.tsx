import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { isGone } from "../../components/Query";
import { Providers } from "../../testing/render";
import { FakeStream, fakeStreams } from "../../testing/streams";
import { useLiveGroup } from "./useLiveGroup";

fakeStreams();

it("is gone once the gateway says so, and comes back with the stream", async () => {
  const problem = { status: 404, detail: "There is no group 'billing'." };
  let answer = new Response(JSON.stringify({ lag: 1 }));
  vi.stubGlobal("fetch", () => Promise.resolve(answer));
  const { result } = renderHook(() => useLiveGroup("billing"), { wrapper: Providers });
  await waitFor(() => expect(result.current.data).toEqual({ lag: 1 }));

  answer = new Response(JSON.stringify(problem), {
    status: 404,
    headers: { "Content-Type": "application/problem+json" },
  });
  act(() => FakeStream.last.tell("problem", problem));
  await waitFor(() => expect(isGone(result.current)).toBe(true));
  expect(result.current.data).toEqual({ lag: 1 });

  vi.useFakeTimers();
  act(() => FakeStream.last.tell("problem", problem));
  vi.runAllTimers();
  vi.useRealTimers();
  act(() => FakeStream.last.say({ lag: 2 }));
  await waitFor(() => expect(result.current.data).toEqual({ lag: 2 }));
  expect(isGone(result.current)).toBe(false);
});
