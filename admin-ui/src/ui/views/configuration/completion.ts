import type { Completion, CompletionSource } from "@codemirror/autocomplete";
import { parseDocument } from "yaml";
import type { HoverSource } from "../../components/editor/hover";
import { placeAt } from "./place";
import { describe, keysOf, type Path, type Schema, schemasAt, valuesOf, wants } from "./schema";

/** What else than the schema is known. */
export interface Known {
  /** The topics that there are. */
  topics: readonly string[];
}

/** Documents are as large as files may be; one is read for many questions. */
function reader() {
  let last: { text: string; document: unknown } | undefined;
  return (text: string): unknown => {
    if (last?.text !== text) {
      last = { text, document: read(text) };
    }
    return last.document;
  };
}

function read(text: string): unknown {
  try {
    // What can be read of a text with mistakes is enough.
    return parseDocument(text, { logLevel: "silent" }).toJS({ maxAliasCount: 100 });
  } catch {
    // Aliases of what is not there: as if nothing had been written.
    return undefined;
  }
}

/** Completes keys and values by the schema, and names of topics. */
export function completeBy(schema: Schema, known: Known): CompletionSource {
  const document = reader();
  return ({ state, pos, explicit }) => {
    const text = state.doc.toString();
    const place = placeAt(text, pos);
    if (place === undefined || (!explicit && place.from === pos && place.kind === "key")) {
      return null;
    }
    const schemas = schemasAt(schema, place.path, document(text));
    const options =
      place.kind === "key"
        ? keys(schemas, present(document(text), place.path), place.isInline)
        : values(schemas, place.path, known);
    return options.length === 0 ? null : { from: place.from, options, validFor: /^[\w."'-]*$/ };
  };
}

function present(document: unknown, path: Path): Set<string> {
  let value = document;
  for (const step of path) {
    value =
      typeof value === "object" && value !== null
        ? (value as Record<string | number, unknown>)[step]
        : undefined;
  }
  return new Set(typeof value === "object" && value !== null ? Object.keys(value) : []);
}

function keys(schemas: Schema[], there: Set<string>, isInline: boolean): Completion[] {
  const required = new Set(schemas.flatMap((schema) => schema.required ?? []));
  return [...keysOf(schemas)]
    .filter(([key]) => !there.has(key))
    .map(([key, schema]) => {
      const about = describe([schema]);
      return {
        label: key,
        apply: isInline || !wants([schema], "object") ? `${key}: ` : `${key}:`,
        type: "property",
        boost: required.has(key) ? 1 : 0,
        ...(about && { detail: about.title, info: about.body }),
      };
    });
}

const TOPICS = /^(connectors\.[^.]+\.topics?|rules\.[^.]+\.(from|to))(\.\d+)?$/;

function values(schemas: Schema[], path: Path, { topics }: Known): Completion[] {
  const named = valuesOf(schemas).map((value) => ({
    label: String(value),
    apply: written(value),
    type: "enum",
  }));
  const isTopic = TOPICS.test(path.map(String).join("."));
  return isTopic
    ? [...topics.map((topic) => ({ label: topic, type: "variable" })), ...named]
    : named;
}

/** Text that would mean something else gets quotes. */
function written(value: unknown): string {
  return typeof value === "string" && !/^[A-Za-z][\w./-]*$/.test(value)
    ? JSON.stringify(value)
    : String(value);
}

/** Tells of the setting whose key is at a position. */
export function describeBy(schema: Schema): HoverSource {
  const document = reader();
  return (state, position) => {
    const text = state.doc.toString();
    const word = state.wordAt(position);
    if (word === null || placeAt(text, word.from)?.kind !== "key") {
      return undefined;
    }
    const start = placeAt(text, word.from)?.from ?? word.from;
    const key = /^[\w.-]+/.exec(text.slice(start))?.[0];
    const parent = placeAt(text, start)?.path;
    if (key === undefined || parent === undefined) {
      return undefined;
    }
    const about = describe(schemasAt(schema, [...parent, key], document(text)));
    return about && { from: start, to: start + key.length, ...about };
  };
}
