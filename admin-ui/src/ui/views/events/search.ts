import { textIn } from "../../components/address";
import { events as text } from "../../text/en/events";

/** Which events to show; lives in the address. */
export interface EventSearch {
  type?: string;
  who?: string;
  subject?: string;
  text?: string;
  /** ISO 8601. */
  from?: string;
  /** ISO 8601. */
  to?: string;
}

const TEXTS = ["type", "who", "subject", "text"] as const;
const TIMES = ["from", "to"] as const;
const LONGEST = 200;

/** Only what is known and well-formed is taken from the address. */
export function eventSearch(search: Record<string, unknown>): EventSearch {
  const found: EventSearch = {};
  for (const name of TEXTS) {
    const value = textIn(search, name)[name];
    if (value !== undefined && value.length <= LONGEST) {
      found[name] = value;
    }
  }
  for (const name of TIMES) {
    const value = search[name];
    if (typeof value === "string" && !Number.isNaN(Date.parse(value))) {
      found[name] = value;
    }
  }
  return found;
}

/** The parameters of a request for such events. */
export function parameters(search: EventSearch): URLSearchParams {
  return new URLSearchParams(Object.entries(search) as [string, string][]);
}

/** New events can be among them only if there is no end. */
export const isOpenEnded = ({ to }: EventSearch) => to === undefined;

export const typeNames = Object.entries(text.kinds).map(([value, label]) => ({ value, label }));
export const actorNames = Object.entries(text.actors).map(([value, label]) => ({ value, label }));
