import { parseSearchWith, stringifySearchWith } from "@tanstack/react-router";

/**
 * How the router reads and writes what stands behind the question mark: a number or truth value only if
 * it would be written as it stands there, all else as text. Only a text in quotes needs quotes.
 */
export const addressSearch = {
  parseSearch: parseSearchWith(quoted),
  stringifySearch: stringifySearchWith(JSON.stringify, quoted),
};

/** The text that is in quotes; throws if it is in none. */
function quoted(text: string): string {
  if (!text.startsWith('"')) {
    throw new SyntaxError("Not in quotes.");
  }
  return JSON.parse(text) as string;
}

/** A text of the address, if there is one under the name; the router has read it as a number, perhaps. */
export function textIn<K extends string>(
  search: Record<string, unknown>,
  name: K,
): { [name in K]?: string } {
  const value = search[name];
  const text = typeof value === "number" || typeof value === "boolean" ? String(value) : value;
  return typeof text === "string" && text !== "" ? ({ [name]: text } as { [name in K]: string }) : {};
}
