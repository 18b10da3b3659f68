import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { show } from "../../testing/render";
import { FakeStream, fakeStreams } from "../../testing/streams";
import { LiveRecords } from "./LiveRecords";

const TOPIC = { partitionDetails: [{ partition: 0, startOffset: 0, endOffset: 40, sizeBytes: 0 }] };

fakeStreams();
beforeEach(() =>
  vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(TOPIC)))),
);

const record = (offset: number) => ({ partition: 0, offset, timestamp: 0, headers: [] });
const from = () => new URL(FakeStream.last.url, "http://gateway").searchParams.get("from");
const click = (name: string) => userEvent.click(screen.getByRole("button", { name }));
const opened = (count: number) => waitFor(() => expect(FakeStream.opened).toHaveLength(count));

function Example() {
  return (
    <LiveRecords topic="orders" partition={undefined} shown={undefined} onShow={() => {}} />
  );
}

describe("records as they come", () => {
  it("go on where it was paused, even before the first has come", async () => {
    show(<Example />);
    await opened(1);
    expect(from()).toBe("0:40");
    await click("Pause");
    expect(FakeStream.last.isClosed).toBe(true);
    TOPIC.partitionDetails[0]!.endOffset = 50;
    await click("Go on");
    await opened(2);
    expect(from()).toBe("0:40");

    act(() => FakeStream.last.say(record(40), "0:41"));
    await click("Pause");
    await click("Go on");
    await opened(3);
    expect(from()).toBe("0:41");
  });

  it("tell of an interruption until it is over", async () => {
    show(<Example />);
    await opened(1);
    act(() => FakeStream.last.say(record(40), "0:41"));
    act(() => FakeStream.last.refuse());
    expect(screen.getByText(/The stream was interrupted/)).toBeTruthy();
    await opened(2);
    expect(from()).toBe("0:41");
    act(() => FakeStream.last.open());
    expect(screen.queryByText(/The stream was interrupted/)).toBeNull();
  });

  it("tell why the gateway has ended them", async () => {
    show(<Example />);
    await opened(1);
    act(() => FakeStream.last.tell("problem", { status: 503, detail: "The partition is offline." }));
    expect(screen.getByText("The partition is offline.")).toBeTruthy();
    await click("Try again");
    await opened(2);
    act(() => FakeStream.last.open());
    expect(screen.queryByText("The partition is offline.")).toBeNull();
  });

  it("tell of what can't be read among them, and go on behind it", async () => {
    show(<Example />);
    await opened(1);
    const place = { partition: 0, offset: 41, nextOffset: 44, timestamp: 0, message: "Malformed." };
    act(() => FakeStream.last.tell("unreadable", place, "0:44"));
    expect(screen.getByText("Offsets 41 to 43 can’t be read")).toBeTruthy();
    expect(screen.getByText("Malformed.")).toBeTruthy();
    const offline = { partition: 1, offset: 7, nextOffset: 7, timestamp: 0, message: "Rot." };
    act(() => FakeStream.last.tell("unreadable", offline, "0:44,1:7"));
    act(() => FakeStream.last.tell("unreadable", offline, "0:44,1:7"));
    expect(screen.getAllByText("Partition 1 can’t be read")).toHaveLength(1);
    act(() => FakeStream.last.refuse());
    await opened(2);
    expect(from()).toBe("0:44,1:7");
  });

  it("tell that a partition is offline until something of it comes", async () => {
    show(<Example />);
    await opened(1);
    const offline = (offset: number) => ({
      partition: 0,
      offset,
      nextOffset: offset,
      timestamp: 0,
      message: "Rot.",
    });
    act(() => FakeStream.last.tell("unreadable", offline(40), "0:40"));
    act(() => FakeStream.last.tell("unreadable", offline(40), "0:40"));
    expect(screen.getAllByText("Partition 0 can’t be read")).toHaveLength(1);
    act(() => FakeStream.last.say(record(40), "0:41"));
    await waitFor(() => expect(screen.queryByText("Partition 0 can’t be read")).toBeNull());

    // It was read, and can't be any more.
    act(() => {
      FakeStream.last.say(record(41), "0:42");
      FakeStream.last.tell("unreadable", offline(42), "0:42");
    });
    await new Promise((resolve) => setTimeout(resolve, 300));
    expect(screen.getAllByText("Partition 0 can’t be read")).toHaveLength(1);
    act(() => FakeStream.last.tell("unreadable", offline(43), "0:43"));
    expect(screen.getAllByText("Partition 0 can’t be read")).toHaveLength(1);
  });
});
