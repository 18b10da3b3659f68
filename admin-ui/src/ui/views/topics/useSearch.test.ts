import { afterEach, describe, expect, it, vi } from "vitest";
import { Collector, collect, type Found } from "./useSearch";

afterEach(() => vi.unstubAllGlobals());

const stream = (...chunks: string[]) =>
  new ReadableStream<Uint8Array>({
    start(controller) {
      chunks.forEach((chunk) => controller.enqueue(new TextEncoder().encode(chunk)));
      controller.close();
    },
  });

const answer = (body: BodyInit, status = 200, type = "text/event-stream") =>
  vi.stubGlobal("fetch", () =>
    Promise.resolve(new Response(body, { status, headers: { "Content-Type": type } })),
  );

const search = async (signal = new AbortController().signal): Promise<Found> => {
  let found: Found = { records: [], unreadable: [], isRunning: true };
  const collector = new Collector((take) => {
    found = take(found);
  });
  await collect("/search", signal, collector);
  collector.finish();
  return found;
};

describe("what a search finds", () => {
  it("comes event by event, however the bytes are cut", async () => {
    answer(
      stream(
        ": searching\n\nevent: match\nda",
        'ta: {"offset":1,"value":12345678901234567890}\n\n',
        'event: unreadable\ndata: {"offset":2}\n\nevent: progress\ndata: {"scanned":5}\n\n',
        'event: end\ndata: {"reason":"end","progress":{"scanned":9},"from":"0:1","to":"0:1"}\n\n',
      ),
    );
    const found = await search();
    expect(found.isRunning).toBe(false);
    expect(found.records).toHaveLength(1);
    expect(found.unreadable).toEqual([{ offset: 2 }]);
    expect(found.progress).toEqual({ scanned: 9 });
    expect(found.end?.reason).toBe("end");
    expect(found.error).toBeUndefined();
  });

  it("is an error when the search is refused", async () => {
    const problem = { detail: "This is no jq expression.", suggestion: "Write another." };
    answer(JSON.stringify(problem), 400, "application/problem+json");
    const found = await search();
    expect(found.error).toMatchObject({ message: problem.detail, suggestion: "Write another." });
  });

  it("is kept when the search fails or breaks off", async () => {
    const match = 'event: match\ndata: {"offset":1}\n\n';
    const problem = 'event: problem\ndata: {"status":503,"detail":"Offline."}\n\n';
    answer(stream(match, problem));
    expect(await search()).toMatchObject({ records: [{ offset: 1 }], error: { message: "Offline." } });
    answer(stream(match));
    expect(await search()).toMatchObject({ records: [{ offset: 1 }], error: { status: 0 } });
  });

  it("is no error when someone has cancelled it", async () => {
    const abort = new AbortController();
    vi.stubGlobal("fetch", () => {
      abort.abort();
      return Promise.reject(new DOMException("aborted", "AbortError"));
    });
    const found = await search(abort.signal);
    expect(found.error).toBeUndefined();
    expect(found.isRunning).toBe(false);
  });
});
