import { textIn } from "../../components/address";

const STATES = ["sent", "discarded", "any"] as const;

/** Which letters of a topic are shown; lives in the address. Without a state the open ones are. */
export interface LetterSearch {
  state?: (typeof STATES)[number];
  code?: string;
  connector?: string;
  origin?: string;
  text?: string;
  /** ISO 8601. */
  since?: string;
  until?: string;
  /** The letter that is looked at. */
  letter?: string;
}

/** Only what is known and well-formed is taken from the address. */
export function letterSearch(search: Record<string, unknown>): LetterSearch {
  const state = STATES.find((known) => known === search["state"]);
  const letter = search["letter"];
  return {
    ...(state && { state }),
    ...textIn(search, "code"),
    ...textIn(search, "connector"),
    ...textIn(search, "origin"),
    ...textIn(search, "text"),
    ...time("since", search["since"]),
    ...time("until", search["until"]),
    ...(typeof letter === "string" && /^\d{1,5}:\d{1,18}$/.test(letter) && { letter }),
  };
}

function time<K extends string>(name: K, value: unknown): { [key in K]?: string } {
  return typeof value === "string" && !Number.isNaN(Date.parse(value))
    ? ({ [name]: value } as { [key in K]: string })
    : {};
}

/** The search without the letter that is looked at. */
export function filterOf({ letter: _, ...filter }: LetterSearch): Omit<LetterSearch, "letter"> {
  return filter;
}

/** Whether anything but open letters as such is asked for. */
export function isFiltered(search: LetterSearch): boolean {
  return Object.keys(filterOf(search)).length > 0;
}
