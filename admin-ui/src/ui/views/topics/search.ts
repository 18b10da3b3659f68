import { textIn } from "../../components/address";

/** Where in a topic to look, and for what; lives in the address. */
export interface RecordSearch extends Conditions {
  tab?: (typeof TABS)[number];
  start?: (typeof STARTS)[number];
  partition?: number;
  /** ISO 8601, for `start: time`, and where a search begins. */
  time?: string;
  /** For `start: offset`. */
  offset?: number;
  /** The record that is looked at: partition and offset. */
  record?: string;
}

/** What a search looks for. */
export interface Conditions {
  key?: string;
  /** Whether the key is to be this text, rather than to contain it. */
  isKey?: boolean;
  /** A name, or name=value. */
  header?: string;
  text?: string;
  language?: "jsonpath";
  condition?: string;
  /** ISO 8601: where the search ends. */
  until?: string;
  order?: "oldest";
  limit?: number;
}

export const TABS = ["partitions", "clients", "settings"] as const;
export const STARTS = ["earliest", "time", "offset", "live", "search"] as const;
export const LIMITS = [100, 1_000, 10_000];

/** Only what is known and well-formed is taken from the address. */
export function recordSearch(search: Record<string, unknown>): RecordSearch {
  const tab = TABS.find((known) => known === search["tab"]);
  const start = STARTS.find((known) => known === search["start"]);
  const limit = LIMITS.find((known) => known === search["limit"]);
  return {
    ...(tab && { tab }),
    ...(start && { start }),
    ...kept("partition", search, isCount),
    ...kept("offset", search, isCount),
    ...kept("record", search, isRecord),
    ...kept("time", search, isTime),
    ...textIn(search, "key"),
    ...(search["isKey"] === true && { isKey: true }),
    ...textIn(search, "header"),
    ...textIn(search, "text"),
    ...(search["language"] === "jsonpath" && { language: "jsonpath" }),
    ...textIn(search, "condition"),
    ...kept("until", search, isTime),
    ...(search["order"] === "oldest" && { order: "oldest" }),
    ...(limit && { limit }),
  };
}

function kept<K extends string, T>(
  name: K,
  search: Record<string, unknown>,
  is: (value: unknown) => value is T,
): { [name in K]?: T } {
  const value = search[name];
  return is(value) ? ({ [name]: value } as { [name in K]: T }) : {};
}

function isCount(value: unknown): value is number {
  return typeof value === "number" && Number.isSafeInteger(value) && value >= 0;
}

function isRecord(value: unknown): value is string {
  return typeof value === "string" && /^\d{1,5}:\d{1,16}$/.test(value);
}

function isTime(value: unknown): value is string {
  return typeof value === "string" && !Number.isNaN(Date.parse(value));
}

/** Whether the address says what to look for. */
export function isSearching({ key, header, text, condition }: RecordSearch): boolean {
  return [key, header, text, condition].some((one) => one !== undefined);
}

/** Whether two searches look for the same: the address does not change then. */
export function isSame(one: RecordSearch, other: RecordSearch): boolean {
  return isSearching(one) && conditions(one).toString() === conditions(other).toString();
}

/** The parameters of a request that looks for this. */
export function conditions(search: RecordSearch): URLSearchParams {
  const { key, isKey, header, text, language, condition } = search;
  const parameters = new URLSearchParams({
    order: search.order ?? "newest",
    limit: String(search.limit ?? LIMITS[0]),
  });
  const set = (name: string, value: string | number | undefined) =>
    value !== undefined && parameters.set(name, String(value));
  set("partition", search.partition);
  set("from", search.time);
  set("to", search.until);
  set(isKey ? "key" : "keyContains", key);
  set("header", header);
  set("text", text);
  set(language ?? "jq", condition);
  return parameters;
}
