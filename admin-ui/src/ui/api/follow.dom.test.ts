import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { FakeStream, fakeStreams, seePage } from "../testing/streams";
import { follow } from "./follow";

fakeStreams();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const path = (lastId: string | undefined) => `/stream?from=${lastId ?? "start"}`;

describe("a stream that is followed", () => {
  it("is opened anew from the last event once the browser has given it up", () => {
    const onOpen = vi.fn();
    const onLost = vi.fn();
    const end = follow(path, { onMessage: () => {}, onOpen, onLost });
    FakeStream.last.open();
    FakeStream.last.say({}, "7");
    FakeStream.last.say({});
    FakeStream.last.refuse();
    expect(onLost).toHaveBeenCalledTimes(1);

    vi.runAllTimers();
    expect(FakeStream.opened.map(({ url }) => url)).toEqual(["/stream?from=start", "/stream?from=7"]);
    FakeStream.last.open();
    expect(onOpen).toHaveBeenCalledTimes(2);
    end();
    expect(FakeStream.last.isClosed).toBe(true);
  });

  it("takes no connection while nobody sees the page", () => {
    const onRest = vi.fn();
    const end = follow(path, { onMessage: () => {}, onRest });
    FakeStream.last.say({}, "7");
    seePage(false);
    expect(FakeStream.last.isClosed).toBe(true);
    expect(onRest).toHaveBeenCalledTimes(1);
    vi.runAllTimers();
    expect(FakeStream.opened).toHaveLength(1);

    seePage(true);
    expect(FakeStream.last.url).toBe("/stream?from=7");
    end();
    seePage(false);
    seePage(true);
    expect(FakeStream.opened).toHaveLength(2);
  });

  it("is opened only once somebody sees the page", () => {
    seePage(false);
    const end = follow(path, { onMessage: () => {} });
    expect(FakeStream.opened).toHaveLength(0);
    seePage(true);
    expect(FakeStream.opened).toHaveLength(1);
    end();
  });

  it("is opened anew after a problem, ever more seldom until something comes", () => {
    const onProblem = vi.fn();
    const end = follow(path, { onMessage: () => {}, onProblem });
    const waited = () => {
      FakeStream.last.open();
      FakeStream.last.tell("problem", { status: 503 });
      expect(FakeStream.last.isClosed).toBe(true);
      const [before, since] = [FakeStream.opened.length, Date.now()];
      vi.runAllTimers();
      expect(FakeStream.opened).toHaveLength(before + 1);
      return Date.now() - since;
    };
    expect([waited(), waited(), waited(), waited()]).toEqual([3_000, 6_000, 12_000, 12_000]);
    expect(onProblem).toHaveBeenCalledWith('{"status":503}');
    FakeStream.last.say({});
    expect(waited()).toBe(3_000);
    end();
  });

  it("ends with a problem if whoever follows it says so", () => {
    const end = follow(path, { onMessage: () => {}, onProblem: () => end() });
    FakeStream.last.tell("problem", { status: 404 });
    seePage(false);
    seePage(true);
    vi.runAllTimers();
    expect(FakeStream.opened).toHaveLength(1);
    expect(FakeStream.last.isClosed).toBe(true);
  });
});
