import { losses as text } from "../../text/en/losses";

/** A setting of a topic that differs, named and written as in the configuration file. */
export interface Difference {
  setting: string;
  /** Absent if it is not set. */
  before?: string | undefined;
  after?: string | undefined;
}

type Json = unknown;

/** What differs between settings as the API has them. */
export function differences(
  before: Record<string, Json>,
  after: Record<string, Json>,
): Difference[] {
  const [was, is] = [written(before), written(after)];
  return [...new Set([...was.keys(), ...is.keys()])]
    .filter((setting) => was.get(setting) !== is.get(setting))
    .map((setting) => ({ setting, before: was.get(setting), after: is.get(setting) }));
}

function written(settings: Record<string, Json>): Map<string, string> {
  const all = new Map<string, string>();
  const add = (path: string, value: Json) => {
    if (Array.isArray(value)) {
      all.set(path, `[${value.join(", ")}]`);
    } else if (typeof value === "object" && value !== null) {
      // What may be on or off is on where there are settings within.
      if (path === "compact") {
        all.set(path, "true");
      }
      Object.entries(value).forEach(([name, inner]) => add(`${path}.${name}`, inner));
    } else if (value !== undefined && value !== null && value !== false) {
      all.set(path, String(value));
    }
  };
  Object.entries(settings).forEach(([name, value]) => add(name, value));
  return all;
}

/** What of a topic's records goes with changed settings, a sentence each. */
export function losses(topic: string, changes: Difference[]): string[] {
  return changes.flatMap(({ setting, before, after }) => {
    if (after === undefined) {
      return [];
    }
    switch (setting) {
      case "retention.time":
        return isLess(after, before) ? [text.time(topic, after)] : [];
      case "retention.size":
        return isLess(after, before) ? [text.size(topic, after)] : [];
      case "retention.consumed":
        return waitsFor(after, before) ? [] : [consumed(topic, after)];
      case "compact":
        return before === undefined ? [text.compact(topic)] : [];
      default:
        return [];
    }
  });
}

function consumed(topic: string, readers: string): string {
  return readers === "true"
    ? text.consumedByAll(topic)
    : text.consumedBy(topic, groups(readers).join(", "));
}

/** Whether records wait for all those that they have waited for, so that none goes sooner. */
function waitsFor(after: string, before: string | undefined): boolean {
  return (
    before !== undefined &&
    before !== "true" &&
    after !== "true" &&
    groups(before).every((group) => groups(after).includes(group))
  );
}

const groups = (list: string) => list.replace(/^\[|\]$/g, "").split(", ");

const UNITS: Record<string, number> = {
  ms: 1,
  s: 1_000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
  B: 1,
  KB: 1e3,
  MB: 1e6,
  GB: 1e9,
  TB: 1e12,
  KiB: 2 ** 10,
  MiB: 2 ** 20,
  GiB: 2 ** 30,
  TiB: 2 ** 40,
};

/** Whether a limit is tighter than one before; any is tighter than none. */
function isLess(after: string, before: string | undefined): boolean {
  return before === undefined || amount(after) < amount(before);
}

function amount(text: string): number {
  const [, number, unit = ""] = /^([0-9]+)([A-Za-z]+)$/.exec(text) ?? [];
  return Number(number) * (UNITS[unit] ?? Number.NaN);
}
