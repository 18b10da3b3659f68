/** How a key or value is written in the form. */
export type Format = "json" | "text" | "base64" | "none";

export interface NewHeader {
  key: string;
  value: string;
}

/** A key or value as it is typed. */
export interface Content {
  format: Format;
  text: string;
}

export interface NewRecord {
  /** As the key decides, if it is not said. */
  partition: number | undefined;
  key: Content;
  value: Content;
  headers: NewHeader[];
}

/** What the form begins with. */
export const NEW_RECORD: NewRecord = {
  partition: undefined,
  key: { format: "text", text: "" },
  value: { format: "json", text: "{\n  \n}" },
  headers: [],
};

interface Encoded {
  content: string | null;
  encoding?: "base64";
}

/**
 * The body of the request that stores it. What was typed goes byte by byte, so that neither numbers
 * nor spaces of JSON change on the way.
 */
export function bodyOf({ partition, key, value, headers }: NewRecord): object {
  const keyContent = encoded(key);
  const valueContent = encoded(value);
  return {
    ...(partition !== undefined && { partition }),
    key: keyContent.content,
    ...(keyContent.encoding && { keyEncoding: keyContent.encoding }),
    value: valueContent.content,
    ...(valueContent.encoding && { encoding: valueContent.encoding }),
    ...(headers.length > 0 && {
      headers: headers.map((header) => ({ key: header.key, value: header.value })),
    }),
  };
}

function encoded({ format, text }: Content): Encoded {
  switch (format) {
    case "none":
      return { content: null };
    case "text":
      return { content: text };
    case "base64":
      return { content: text.replace(/\s/g, ""), encoding: "base64" };
    case "json":
      return { content: base64(text), encoding: "base64" };
  }
}

function base64(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));
}

/** What is wrong with what is typed; undefined if nothing is. */
export function fault({ format, text }: Content): string | undefined {
  if (format === "base64") {
    return /^[A-Za-z0-9+/]*={0,2}$/.test(text.replace(/\s/g, "")) ? undefined : "base64";
  }
  if (format !== "json") {
    return undefined;
  }
  try {
    JSON.parse(text);
    return undefined;
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    return message.replace(PLACE, "");
  }
}

/** Where it is, as browsers end their messages: not all do, and each in another way. */
const PLACE = /( in JSON)? at (position \d+.*|line \d+ column \d+ .*)$/;

/** Line and column of a place in a text, both from 1. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
