import { partOf, type Range, rangeOf } from "../../api/history";
import type { GroupState } from "../../api/schema";
import { textIn } from "../../components/address";
import { groups as text } from "../../text/en/groups";

/** Which groups are listed; lives in the address. */
export interface GroupFilter {
  q?: string;
  state?: GroupState;
  /** Only those with a lag. */
  lagging?: boolean;
}

export const STATES = Object.keys(text.states) as GroupState[];

/** Only what is known and well-formed is taken from the address. */
export function groupFilter(search: Record<string, unknown>): GroupFilter {
  const state = STATES.find((known) => known === search["state"]);
  return {
    ...textIn(search, "q"),
    ...(state && { state }),
    ...(search["lagging"] === true ? { lagging: true } : {}),
  };
}

/** What of a group's past is drawn; lives in the address. */
export interface GroupSearch {
  range?: Range;
  /** A part of the past instead of the range, in milliseconds since the epoch. */
  from?: number;
  to?: number;
  by?: "topic" | "partition";
  topic?: string;
}

export function groupSearch(search: Record<string, unknown>): GroupSearch {
  const range = rangeOf(search["range"]);
  const by = (["topic", "partition"] as const).find((known) => known === search["by"]);
  return {
    ...(range && { range }),
    ...partOf(search["from"], search["to"]),
    ...(by && { by }),
    ...textIn(search, "topic"),
  };
}
