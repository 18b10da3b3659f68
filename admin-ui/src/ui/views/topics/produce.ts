/** How a key or value is written in the form. */
export type Format = "json" | "text" | "base64" | "none";

export interface NewHeader {
  key: string;
  value: string;
}

export interface NewRecord {
  partition: number | undefined;
  key: { format: Format; text: string };
  value: { format: Format; text: string };
  headers: NewHeader[];
}

interface Content {
  content: string | null;
  encoding?: "base64";
}

/**
 * The body of the request that stores it. What was typed goes byte by byte, so that neither numbers
 * nor spaces of JSON change on the way.
 */
export function bodyOf({ partition, key, value, headers }: NewRecord): object {
  const keyContent = contentOf(key.format, key.text);
  const valueContent = contentOf(value.format, value.text);
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

function contentOf(format: Format, text: string): Content {
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

/** What is wrong with a text of a format, and where; undefined if nothing is. */
export function fault(format: Format, text: string): { message: string; at: number } | undefined {
  if (format === "base64") {
    const isBase64 = /^[A-Za-z0-9+/]*={0,2}$/.test(text.replace(/\s/g, ""));
    return isBase64 ? undefined : { message: "base64", at: 0 };
  }
  if (format !== "json") {
    return undefined;
  }
  try {
    JSON.parse(text);
    return undefined;
  } catch (failure) {
    const message = failure instanceof Error ? failure.message : String(failure);
    const at = /position (\d+)/.exec(message)?.[1];
    return { message, at: at === undefined ? text.length : Number(at) };
  }
}

/** Line and column of a place in a text, both from 1. */
export function placeOf(text: string, at: number): { line: number; column: number } {
  const before = text.slice(0, at).split("\n");
  return { line: before.length, column: (before.at(-1)?.length ?? 0) + 1 };
}
