import { afterEach, beforeEach, vi } from "vitest";

/** Stands for the browser's stream of events; what comes is said by the test. */
export class FakeStream extends EventTarget {
  static readonly CLOSED = 2;

  /** All that were opened in this test. */
  static opened: FakeStream[] = [];

  static get last(): FakeStream {
    const last = FakeStream.opened.at(-1);
    if (last === undefined) {
      throw new Error("No stream was opened.");
    }
    return last;
  }

  readonly url: string;
  readyState = 0;
  onopen: (() => void) | null = null;
  onerror: (() => void) | null = null;
  onmessage: ((event: MessageEvent<string>) => void) | null = null;

  constructor(url: string) {
    super();
    this.url = url;
    FakeStream.opened.push(this);
  }

  get isClosed(): boolean {
    return this.readyState === FakeStream.CLOSED;
  }

  open() {
    this.readyState = 1;
    this.onopen?.();
  }

  /** The browser gives it up, as it does on any status but 200. */
  refuse() {
    this.readyState = FakeStream.CLOSED;
    this.onerror?.();
  }

  say(data: unknown, lastEventId = "") {
    this.onmessage?.(new MessageEvent("message", { data: JSON.stringify(data), lastEventId }));
  }

  tell(name: string, data: unknown, lastEventId = "") {
    this.dispatchEvent(new MessageEvent(name, { data: JSON.stringify(data), lastEventId }));
  }

  close() {
    this.readyState = FakeStream.CLOSED;
  }
}

/** Puts them in the place of the browser's for each test of a file. */
export function fakeStreams() {
  beforeEach(() => {
    FakeStream.opened = [];
    vi.stubGlobal("EventSource", FakeStream);
  });
  afterEach(() => {
    vi.unstubAllGlobals();
    vi.restoreAllMocks();
  });
}

/** Whether somebody sees the page. */
export function seePage(isSeen: boolean) {
  vi.spyOn(document, "visibilityState", "get").mockReturnValue(isSeen ? "visible" : "hidden");
  document.dispatchEvent(new Event("visibilitychange"));
}
