import { act, renderHook, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { DeadLetterJob } from "../../api/schema";
import { Providers, show } from "../../testing/render";
import { FakeStream, fakeStreams } from "../../testing/streams";
import { JobPanel } from "./JobPanel";
import { useTopicJob } from "./useTopicJob";

const job = (parts: Partial<DeadLetterJob> = {}): DeadLetterJob => ({
  id: "1",
  topic: "dead",
  act: "sent",
  state: "running",
  started: "2026-01-01T00:00:00Z",
  total: 9,
  examined: 1,
  done: 1,
  refused: 0,
  refusals: [],
  ...parts,
});

let answer: { status: number; body: unknown };

fakeStreams();
beforeEach(() => {
  answer = { status: 200, body: [] };
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response(JSON.stringify(answer.body), { status: answer.status })),
  );
});

describe("a job", () => {
  it("is over, and can be closed, when the gateway does not know it any more", async () => {
    const onClose = vi.fn();
    show(<JobPanel started={job()} onClose={onClose} />);
    answer = { status: 404, body: {} };
    act(() => FakeStream.last.refuse());
    expect(await screen.findByText(/it was restarted meanwhile/)).toBeTruthy();
    expect(FakeStream.last.isClosed).toBe(true);
    await userEvent.click(screen.getByRole("button", { name: "Close" }));
    expect(onClose).toHaveBeenCalled();
  });

  it("is asked about when its stream is lost", async () => {
    show(<JobPanel started={job()} onClose={() => {}} />);
    answer = { status: 200, body: job({ state: "done", done: 9 }) };
    act(() => FakeStream.last.refuse());
    expect(await screen.findByText("9 done, 0 could not be")).toBeTruthy();
  });
});

describe("the job of a topic's page", () => {
  const shown = (topic: string) => renderHook(() => useTopicJob(topic), { wrapper: Providers });

  it("is the one that is running there, also for who comes back", async () => {
    answer.body = [job({ id: "0", topic: "other" }), job()];
    const { result } = shown("dead");
    await waitFor(() => expect(result.current.job?.id).toBe("1"));
    act(() => result.current.close());
    expect(result.current.job).toBeUndefined();
  });

  it("is none that is over", async () => {
    answer.body = [job({ state: "done" })];
    const { result } = shown("dead");
    await act(() => Promise.resolve());
    expect(result.current.job).toBeUndefined();
    act(() => result.current.show(job({ id: "2" })));
    expect(result.current.job?.id).toBe("2");
  });
});
