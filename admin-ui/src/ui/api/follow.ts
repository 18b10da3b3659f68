/** A stream that the browser has given up is opened anew after this long. */
const REOPEN_MILLIS = 3_000;

interface Listeners {
  /** An event's data. */
  onMessage: (data: string) => void;
  /** The stream is interrupted; it will be opened anew. */
  onLost?: () => void;
  /** The gateway has ended the stream with a problem document: no more will come. */
  onProblem?: (data: string) => void;
}

/** Follows a stream of server-sent events until the returned function is called. */
export function follow(path: string, { onMessage, onLost, onProblem }: Listeners): () => void {
  let source: EventSource | undefined;
  let reopening: number | undefined;

  const open = () => {
    source?.close();
    source = new EventSource(path);
    source.onmessage = (event: MessageEvent<string>) => onMessage(event.data);
    source.addEventListener("problem", (event: MessageEvent<string>) => {
      source?.close();
      onProblem?.(event.data);
    });
    source.onerror = () => {
      onLost?.();
      if (source?.readyState === EventSource.CLOSED) {
        window.clearTimeout(reopening);
        reopening = window.setTimeout(open, REOPEN_MILLIS);
      }
    };
  };

  open();
  return () => {
    source?.close();
    window.clearTimeout(reopening);
  };
}
