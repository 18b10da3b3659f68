import type { SettingDescription } from "../../api/schema";

/**
 * A form's fields by path ("retention/time"); what is not set is an empty text. Of a setting that
 * may be an object the field says how it is given: a word, or OWN where what is within it counts.
 */
export type Draft = Record<string, string>;

/** What is within the setting counts. */
export const OWN = "own";

type Json = unknown;
type JsonObject = Record<string, Json>;

/** The fields as they are set. */
export function draftOf(settings: SettingDescription[], values: JsonObject): Draft {
  return Object.fromEntries(
    settings.flatMap((setting) => fields(setting.name, setting, values[setting.name])),
  );
}

function fields(path: string, setting: SettingDescription, value: Json): [string, string][] {
  const isOwn = isObject(value) && Object.keys(value).length > 0;
  const own: [string, string][] = [[path, isOwn ? OWN : isObject(value) ? "" : written(value)]];
  return own.concat(
    setting.settings.flatMap((inner) =>
      fields(`${path}/${inner.name}`, inner, isObject(value) ? value[inner.name] : undefined),
    ),
  );
}

function isObject(value: Json): value is JsonObject {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function written(value: Json): string {
  if (value === undefined || value === null) {
    return "";
  }
  return Array.isArray(value) ? value.join("\n") : String(value);
}

/** The settings that a form's fields stand for; without what is not set. */
export function settingsOf(settings: SettingDescription[], draft: Draft): JsonObject {
  const all = settings.map((setting) => [setting.name, valueOf(setting.name, setting, draft)]);
  return Object.fromEntries(all.filter(([, value]) => value !== undefined)) as JsonObject;
}

function valueOf(path: string, setting: SettingDescription, draft: Draft): Json {
  const text = draft[path] ?? "";
  const isOwn = setting.kind === "group" || text === OWN;
  if (isOwn) {
    const within = setting.settings.map((inner) => [
      inner.name,
      valueOf(`${path}/${inner.name}`, inner, draft),
    ]);
    const set = within.filter(([, value]) => value !== undefined);
    return set.length === 0 ? undefined : Object.fromEntries(set);
  }
  if (text === "") {
    return undefined;
  }
  switch (setting.kind) {
    case "boolean":
      return text === "true";
    case "integer":
    case "number":
      return Number(text);
    case "names":
      return text === "true" || text === "false" ? text === "true" : names(text);
    default:
      return text;
  }
}

/** One name a line. */
function names(text: string): string[] {
  return text.split("\n").filter((name) => name !== "");
}

/** What is typed, with one field more; a field that is typed as it is set is not typed. */
export function withField(typed: Draft, set: Draft, field: string, value: string): Draft {
  const { [field]: _, ...others } = typed;
  return value === (set[field] ?? "") ? others : { ...others, [field]: value };
}

/** The JSON merge patch (RFC 7396) that makes one object the other; empty if they are alike. */
export function patch(from: JsonObject, to: JsonObject): JsonObject {
  const changes: JsonObject = {};
  for (const name of new Set([...Object.keys(from), ...Object.keys(to)])) {
    const [before, after] = [from[name], to[name]];
    if (JSON.stringify(before) === JSON.stringify(after)) {
      continue;
    }
    changes[name] =
      after === undefined ? null : isObject(before) && isObject(after) ? patch(before, after) : after;
  }
  return changes;
}

const DURATION = /^[0-9]{1,15}(ms|s|m|h|d)$/;
const SIZE = /^[0-9]{1,15}(B|KB|MB|GB|TB|KiB|MiB|GiB|TiB)$/;

/** What is wrong with a field, as far as one can tell here. */
export type Mistake = "duration" | "size" | "number" | "range" | "missing" | "names";

/** The fields that are wrong; only those that count. */
export function mistakes(settings: SettingDescription[], draft: Draft): Record<string, Mistake> {
  const wrong: Record<string, Mistake> = {};
  const check = (path: string, setting: SettingDescription, isNeeded: boolean) => {
    const text = draft[path] ?? "";
    if (text === OWN || setting.kind === "group") {
      const isOnly = setting.settings.length === 1 && text === OWN;
      setting.settings.forEach((inner) => check(`${path}/${inner.name}`, inner, isOnly));
    } else {
      const mistake = text === "" ? (isNeeded ? "missing" : undefined) : mistakeIn(setting, text);
      if (mistake !== undefined) {
        wrong[path] = mistake;
      }
    }
  };
  settings.forEach((setting) => check(setting.name, setting, false));
  return wrong;
}

function mistakeIn(setting: SettingDescription, text: string): Mistake | undefined {
  switch (setting.kind) {
    case "duration":
      return DURATION.test(text) ? undefined : "duration";
    case "size":
      return SIZE.test(text) ? undefined : "size";
    case "names":
      return text.trim() === "" ? "names" : undefined;
    case "integer":
    case "number":
      return mistakeInNumber(setting, Number(text));
    default:
      return undefined;
  }
}

function mistakeInNumber(setting: SettingDescription, value: number): Mistake | undefined {
  const { kind, minimum = Number.NEGATIVE_INFINITY, maximum = Number.POSITIVE_INFINITY } = setting;
  if (Number.isNaN(value) || (kind === "integer" && !Number.isInteger(value))) {
    return "number";
  }
  return value < minimum || value > maximum ? "range" : undefined;
}

/** How a setting is shown in a line: as it would be written in the configuration file. */
export function inLine(value: Json): string {
  if (isObject(value)) {
    return Object.entries(value)
      .map(([name, one]) => `${name}: ${inLine(one)}`)
      .join(", ");
  }
  return Array.isArray(value) ? value.join(", ") : String(value);
}
