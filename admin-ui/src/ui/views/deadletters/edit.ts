import type { DeadLetter } from "../../api/schema";
import type { Edit } from "./queries";

/** A letter's key and value as they are being changed; null is none. */
export interface Draft {
  key: string | null;
  value: string | null;
  /** What the value was while it had one, for who changes their mind. */
  withheld?: string;
}

/** The draft that changes nothing. The letter's key and value must have come as text. */
export function draftOf(letter: DeadLetter): Draft {
  return { key: textOf(letter.key), value: textOf(letter.value) };
}

function textOf(content: unknown): string | null {
  return typeof content === "string" ? content : null;
}

/** Takes the value away, or gives it back as it was. */
export function asTombstone(draft: Draft, isTombstone: boolean): Draft {
  if (!isTombstone) {
    return { ...draft, value: draft.withheld ?? "" };
  }
  return { ...draft, value: null, ...(draft.value !== null && { withheld: draft.value }) };
}

/** What differs from the letter; undefined if nothing does. */
export function editOf(letter: DeadLetter, draft: Draft): Edit | undefined {
  const before = draftOf(letter);
  const edit: Edit = {
    ...(draft.key !== before.key && {
      key: draft.key,
      ...(draft.key !== null && letter.keyEncoding === "base64" && { keyEncoding: "base64" as const }),
    }),
    ...(draft.value !== before.value && {
      value: draft.value,
      ...(draft.value !== null && letter.encoding === "base64" && { encoding: "base64" as const }),
    }),
  };
  return Object.keys(edit).length === 0 ? undefined : edit;
}

export type Doubt = "not-json" | "not-base64";

/** What is odd about the changed value, if anything. */
export function doubt(letter: DeadLetter, draft: Draft): Doubt | undefined {
  if (draft.value === null) {
    return undefined;
  }
  if (letter.encoding === "base64") {
    return /^[A-Za-z0-9+/]*={0,2}$/.test(draft.value) && draft.value.length % 4 === 0
      ? undefined
      : "not-base64";
  }
  const before = textOf(letter.value);
  return before !== null && isJson(before) && !isJson(draft.value) ? "not-json" : undefined;
}

export function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}
