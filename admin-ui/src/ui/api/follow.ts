/**
 * A stream that the browser has given up, or the gateway has ended, is opened anew after this long; each
 * time without an event takes twice as long, up to the most.
 */
const REOPEN_MILLIS = 3_000;
const REOPEN_MOST_MILLIS = 12_000;

interface Listeners {
  /** An event's data, and its id, if it has one. */
  onMessage: (data: string, id: string) => void;
  /** The data of events with a name, by it. */
  onNamed?: Record<string, (data: string, id: string) => void>;
  /** The stream is open, for the first time or again. */
  onOpen?: () => void;
  /** The stream is interrupted; it will be opened anew. */
  onLost?: () => void;
  /** Nobody looks at the page: the stream rests until somebody does. */
  onRest?: () => void;
  /**
   * The gateway has ended the stream with a problem document. It will be opened anew, unless whoever
   * hears this ends following it.
   */
  onProblem?: (data: string) => void;
}

/** Where a stream is; one that can go on in the middle is told the id of the last event. */
type Path = string | ((lastId: string | undefined) => string);

/**
 * Follows a stream of server-sent events until the returned function is called. It is open only while
 * somebody sees the page: a browser has six connections to the gateway for all its tabs together.
 */
export function follow(path: Path, listeners: Listeners): () => void {
  const { onMessage, onNamed = {}, onOpen, onLost, onRest, onProblem } = listeners;
  let source: EventSource | undefined;
  let reopening: number | undefined;
  let lastId: string | undefined;
  let pause = REOPEN_MILLIS;

  const close = () => {
    source?.close();
    source = undefined;
    window.clearTimeout(reopening);
  };
  const hears = (listener: (data: string, id: string) => void) => (event: MessageEvent<string>) => {
    lastId = event.lastEventId || lastId;
    pause = REOPEN_MILLIS;
    listener(event.data, event.lastEventId);
  };
  const reopen = () => {
    window.clearTimeout(reopening);
    reopening = window.setTimeout(open, pause);
    pause = Math.min(2 * pause, REOPEN_MOST_MILLIS);
  };
  const open = () => {
    close();
    const opened = new EventSource(typeof path === "string" ? path : path(lastId));
    source = opened;
    opened.onopen = () => onOpen?.();
    opened.onmessage = hears(onMessage);
    for (const [name, listener] of Object.entries(onNamed)) {
      opened.addEventListener(name, hears(listener));
    }
    opened.addEventListener("problem", (event: MessageEvent<string>) => {
      close();
      reopen();
      onProblem?.(event.data);
    });
    opened.onerror = () => {
      if (opened.readyState === EventSource.CLOSED) {
        reopen();
      }
      onLost?.();
    };
  };
  const look = () => {
    if (document.visibilityState !== "hidden") {
      open();
    } else {
      close();
      onRest?.();
    }
  };
  const end = () => {
    document.removeEventListener("visibilitychange", look);
    close();
  };

  document.addEventListener("visibilitychange", look);
  look();
  return end;
}
