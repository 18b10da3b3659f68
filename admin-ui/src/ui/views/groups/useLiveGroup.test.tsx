import { act, renderHook, waitFor } from "@testing-library/react";
import { expect, it, vi } from "vitest";
import { isGone } from "../../components/Query";
import { Providers } from "../../testing/render";
import { FakeStream, fakeStreams } from "../../testing/streams";
import { useLiveGroup } from "./useLiveGroup";

fakeStreams();

const problem = { status: 404, detail: "There is no group 'billing'." };
const refusal = () =>
  new Response(JSON.stringify(problem), {
    status: 404,
    headers: { "Content-Type": "application/problem+json" },
  });
const follow = () => renderHook(() => useLiveGroup("billing"), { wrapper: Providers });

it("is asked once while it has never been there, however often its stream is refused", async () => {
  const asked = vi.fn(() => Promise.resolve(refusal()));
  vi.stubGlobal("fetch", asked);
  const { result } = follow();
  await waitFor(() => expect(result.current.error).toMatchObject({ status: 404 }));
  act(() => FakeStream.last.refuse());
  expect(result.current.error).toMatchObject({ status: 404 });
  expect(asked).toHaveBeenCalledTimes(1);
});

it("is gone once the gateway says so, and comes back with the stream", async () => {
  let answer = new Response(JSON.stringify({ lag: 1 }));
  vi.stubGlobal("fetch", () => Promise.resolve(answer));
  const { result } = follow();
  await waitFor(() => expect(result.current.data).toEqual({ lag: 1 }));

  answer = refusal();
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
