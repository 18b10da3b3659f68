import { isExact } from "../../api/json";

/** A key or value as the API tells it: JSON, text, or base64 where `encoding` says so. */
export interface Payload {
  content: unknown;
  encoding?: string | undefined;
}

export type Form = "json" | "text" | "hex";

/** The form in which people read it best. */
export function bestForm({ content, encoding }: Payload): Form {
  if (encoding === "base64") {
    return "hex";
  }
  return typeof content === "string" ? "text" : "json";
}

/**
 * In a line, as text and nothing else; undefined if there is none. What is longer is cut, before it is
 * formatted: a value may have megabytes.
 */
export function oneLine(
  { content, encoding }: Payload,
  longest = Number.POSITIVE_INFINITY,
): string | undefined {
  if (content === null || content === undefined) {
    return undefined;
  }
  if (typeof content !== "string") {
    return beginningOf(content, longest);
  }
  return encoding === "base64"
    ? `0x${hex(bytesOf({ content: beginningOfBase64(content, longest), encoding }), "")}`.slice(0, longest)
    : content.slice(0, longest);
}

/** Four characters are three bytes, and those six digits: as many characters are enough. */
function beginningOfBase64(content: string, longest: number): string {
  return content.slice(0, Math.ceil(longest / 4) * 4);
}

/** The beginning of a value's JSON; of what is behind it nothing is looked at. */
function beginningOf(value: unknown, longest: number): string {
  if (longest === Number.POSITIVE_INFINITY) {
    return JSON.stringify(value);
  }
  let text = "";
  const isFull = () => text.length >= longest;
  const write = (part: unknown): void => {
    if (typeof part === "string") {
      text += JSON.stringify(part.slice(0, longest));
    } else if (typeof part !== "object" || part === null || isExact(part)) {
      text += JSON.stringify(part);
    } else if (Array.isArray(part)) {
      writeAll("[", part.entries(), "]", ([, item]) => write(item));
    } else {
      writeAll("{", Object.entries(part), "}", ([name, member]) => {
        write(name);
        text += ":";
        write(member);
      });
    }
  };
  const writeAll = <T>(open: string, items: Iterable<T>, close: string, one: (item: T) => void) => {
    text += open;
    let separator = "";
    for (const item of items) {
      if (isFull()) {
        return;
      }
      text += separator;
      separator = ",";
      one(item);
    }
    text += close;
  };
  write(value);
  return text.slice(0, longest);
}

export function format(payload: Payload, form: Form): string {
  switch (form) {
    case "json":
      return payload.encoding === "base64"
        ? JSON.stringify(payload.content)
        : JSON.stringify(payload.content, null, 2);
    case "text":
      return new TextDecoder().decode(bytesOf(payload));
    case "hex":
      return hexLines(bytesOf(payload));
  }
}

/** The bytes. Those that are stored, if it was asked for as text; of JSON those of its shortest form. */
export function bytesOf({ content, encoding }: Payload): Uint8Array {
  if (encoding === "base64" && typeof content === "string") {
    return Uint8Array.from(atob(content), (byte) => byte.charCodeAt(0));
  }
  return new TextEncoder().encode(
    typeof content === "string" ? content : JSON.stringify(content ?? null),
  );
}

const LINE_BYTES = 16;

function hexLines(bytes: Uint8Array): string {
  const lines: string[] = [];
  for (let at = 0; at < bytes.length; at += LINE_BYTES) {
    const line = bytes.subarray(at, at + LINE_BYTES);
    const text = Array.from(line, (byte) =>
      byte >= 0x20 && byte < 0x7f ? String.fromCharCode(byte) : ".",
    ).join("");
    const offset = at.toString(16).padStart(8, "0");
    lines.push(`${offset}  ${hex(line, " ").padEnd(LINE_BYTES * 3 - 1)}  ${text}`);
  }
  return lines.join("\n");
}

function hex(bytes: Uint8Array, separator: string): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, "0")).join(separator);
}
