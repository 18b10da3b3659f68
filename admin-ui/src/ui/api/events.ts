import { answer } from "./client";

/** An event of a stream. */
export interface ServerEvent {
  /** `message` where the server gives none. */
  name: string;
  data: string;
}

/**
 * The server-sent events of one answer, until it ends or the signal aborts it, which throws. Unlike
 * EventSource it tells why a stream is refused (ApiError), and never begins anew by itself.
 */
export async function* events(path: string, signal: AbortSignal): AsyncGenerator<ServerEvent> {
  const response = await answer(path, { signal, headers: { Accept: "text/event-stream" } });
  if (response.body === null) {
    return;
  }
  let rest = "";
  const text = response.body.pipeThrough(new TextDecoderStream());
  for await (const chunk of chunks(text)) {
    const blocks = (rest + chunk).split("\n\n");
    rest = blocks.pop() ?? "";
    for (const block of blocks) {
      const event = parse(block);
      if (event !== undefined) {
        yield event;
      }
    }
  }
}

/** Not every browser can loop over a stream itself. */
async function* chunks(stream: ReadableStream<string>): AsyncGenerator<string> {
  const reader = stream.getReader();
  try {
    for (let next = await reader.read(); !next.done; next = await reader.read()) {
      yield next.value;
    }
  } finally {
    await reader.cancel();
  }
}

/** One event; undefined for what is none, such as a comment. */
function parse(block: string): ServerEvent | undefined {
  let name = "message";
  const data: string[] = [];
  for (const line of block.split("\n")) {
    if (line.startsWith("event:")) {
      name = line.slice("event:".length).trim();
    } else if (line.startsWith("data:")) {
      data.push(line.slice("data:".length).replace(/^ /, ""));
    }
  }
  return data.length === 0 ? undefined : { name, data: data.join("\n") };
}
