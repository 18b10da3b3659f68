import { isExact, parseExactly } from "../../../api/json";
import type { ConnectOffsets } from "../../../api/schema";

type Json = Record<string, unknown>;

/** A position of a source that is to be another one; `to: null` forgets it. */
export interface SourceChange {
  partition: Json;
  from: Json | undefined;
  to: Json | null;
}

/** What somebody has written for a part of the source: a text, or that it is to be forgotten. */
export type Draft = { text: string } | "forget";

/** The JSON object that a text is; undefined if it is none. */
export function objectOf(text: string): Json | undefined {
  try {
    const value = parseExactly<unknown>(text);
    return isObject(value) ? value : undefined;
  } catch {
    // Not JSON (yet): whoever writes it is told.
    return undefined;
  }
}

function isObject(value: unknown): value is Json {
  return typeof value === "object" && value !== null && !Array.isArray(value) && !isExact(value);
}

/** The same for equal values, whatever the order of their members. */
export function canonical(value: unknown): string {
  return JSON.stringify(value, (_, member: unknown) =>
    isObject(member)
      ? Object.fromEntries(Object.entries(member).sort(([a], [b]) => (a < b ? -1 : 1)))
      : member,
  );
}

/** Those of the drafts that are well-formed and say something else than what is stored. */
export function sourceChanges(
  stored: ConnectOffsets,
  drafts: ReadonlyMap<string, Draft>,
): SourceChange[] {
  return (stored.offsets ?? []).flatMap(({ partition, offset }): SourceChange[] => {
    if (!partition) {
      return [];
    }
    const draft = drafts.get(canonical(partition));
    const from = offset ?? undefined;
    if (draft === undefined) {
      return [];
    }
    if (draft === "forget") {
      return [{ partition, from, to: null }];
    }
    const to = objectOf(draft.text);
    return to === undefined || canonical(to) === canonical(from) ? [] : [{ partition, from, to }];
  });
}

/** The changes as the API takes them. */
export function toOffsets(changed: SourceChange[]): ConnectOffsets {
  return {
    offsets: changed.map(({ partition, to }) => ({
      partition,
      ...(to !== null && { offset: to }),
    })),
  };
}
