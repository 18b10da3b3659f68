import { InfiniteQueryObserver, QueryObserver } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { FakeStream, fakeStreams } from "../testing/streams";
import { useLiveOverview } from "./live";
import { queries } from "./queries";

fakeStreams();

let isDown = false;
let answers = 0;
beforeEach(() => {
  isDown = true;
  answers = 0;
});
afterEach(() => queries.clear());

const queryFn = () =>
  isDown ? Promise.reject(new Error("down")) : Promise.resolve((answers += 1));

const shown = (queryKey: string[], staleTime = 5_000) => {
  const observer = new QueryObserver(queries, { queryKey, queryFn, staleTime, retry: false });
  observer.subscribe(() => {});
  return observer;
};

const hearAgain = () => {
  renderHook(useLiveOverview);
  act(() => FakeStream.last.refuse());
  isDown = false;
  act(() => FakeStream.last.open());
};

it("asks again what failed while the gateway was not heard", async () => {
  const failed = shown(["failed"]);
  await waitFor(() => expect(failed.getCurrentResult().isError).toBe(true));
  hearAgain();
  await waitFor(() => expect(failed.getCurrentResult().data).toBe(1));
});

it("asks again what may be out of date, and nothing else", async () => {
  isDown = false;
  const asked = shown(["changes"], 0);
  const once = shown(["stays"], Number.POSITIVE_INFINITY);
  await waitFor(() => expect(asked.getCurrentResult().data && once.getCurrentResult().data).toBe(2));
  hearAgain();
  await waitFor(() => expect(asked.getCurrentResult().data).toBe(3));
  expect(once.getCurrentResult().data).toBe(2);
});

it("moves no pages that somebody reads", async () => {
  isDown = false;
  const read = new InfiniteQueryObserver(queries, {
    queryKey: ["pages"],
    queryFn,
    initialPageParam: 0,
    getNextPageParam: () => 1,
    staleTime: Number.POSITIVE_INFINITY,
    retry: false,
  });
  read.subscribe(() => {});
  await waitFor(() => expect(read.getCurrentResult().data).toBeDefined());
  isDown = true;
  await read.fetchNextPage();
  expect(read.getCurrentResult().isError).toBe(true);

  const failed = shown(["failed"]);
  await waitFor(() => expect(failed.getCurrentResult().isError).toBe(true));
  hearAgain();
  await waitFor(() => expect(failed.getCurrentResult().data).toBe(2));
  expect(read.getCurrentResult().data?.pages).toEqual([1]);
});

it("is out of date as soon as the gateway has ended the stream, until it is heard again", () => {
  vi.useFakeTimers();
  const { result, unmount } = renderHook(useLiveOverview);
  act(() => FakeStream.last.say({}));
  expect(result.current).toBe("live");
  act(() => FakeStream.last.tell("problem", { status: 500 }));
  expect(result.current).toBe("lost");
  act(() => void vi.advanceTimersByTime(3_000));
  act(() => FakeStream.last.say({}));
  expect(result.current).toBe("live");
  unmount();
  vi.useRealTimers();
});
