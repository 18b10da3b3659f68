import { type Document, isMap, isScalar, parseDocument, stringify, type YAMLMap } from "yaml";

export type Spec = Record<string, unknown>;

/** A text that is not (yet) a declaration: where, counted from 1, and why. */
export interface YamlMistake {
  line: number;
  column: number;
  message: string;
}

/** What a text says; the first mistakes if it says nothing. */
export function readSpec(text: string): { spec: Spec } | { mistakes: YamlMistake[] } {
  const document = parseDocument(text, { maxAliasCount: 100 } as object);
  if (document.errors.length > 0) {
    return {
      mistakes: document.errors.map(({ linePos, message }) => ({
        line: linePos?.[0].line ?? 1,
        column: linePos?.[0].col ?? 1,
        message: message.split("\n")[0] ?? message,
      })),
    };
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  return typeof value === "object" && value !== null && !Array.isArray(value)
    ? { spec: value as Spec }
    : { mistakes: [{ line: 1, column: 1, message: "" }] };
}

/**
 * The text changed so that it says what the spec says. What already does stays as it was written,
 * with its comments.
 */
export function writeSpec(text: string, spec: Spec): string {
  const document = parseDocument(text);
  if (document.errors.length > 0 || !isMap(document.contents)) {
    return stringify(plain(spec), WRITING);
  }
  update(document, document.contents, plain(spec) as Spec);
  return document.toString(WRITING);
}

/**
 * A configuration file in which a connector or rule says what the spec says, or, without one, is
 * gone; undefined if it is not declared there.
 */
export function changeInFile(text: string, name: string, spec: Spec | undefined): string | undefined {
  const document = parseDocument(text);
  const section = ["connectors", "rules"].find((one) => document.hasIn([one, name]));
  if (document.errors.length > 0 || section === undefined) {
    return undefined;
  }
  const old = document.getIn([section, name], true);
  if (spec === undefined) {
    document.deleteIn([section, name]);
  } else if (isMap(old)) {
    update(document, old, plain(spec) as Spec);
  } else {
    document.setIn([section, name], document.createNode(plain(spec)));
  }
  return document.toString(WRITING);
}

/** No line is folded, and lists look as people write them. */
const WRITING = { lineWidth: 0, flowCollectionPadding: false };

/** As JSON has it: nothing is undefined. */
const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

function update(document: Document, map: YAMLMap, value: Spec): void {
  if (map.items.length === 0) {
    map.flow = false; // An empty one could only be written as {}.
  }
  for (const { key } of [...map.items]) {
    const name = isScalar(key) ? String(key.value) : String(key);
    if (!(name in value)) {
      map.delete(key);
    }
  }
  for (const [name, wanted] of Object.entries(value)) {
    const old = map.get(name, true) as unknown;
    if (isMap(old) && typeof wanted === "object" && wanted !== null && !Array.isArray(wanted)) {
      update(document, old, wanted as Spec);
    } else if (isScalar(old) && (typeof wanted !== "object" || wanted === null)) {
      if (old.value !== wanted) {
        old.value = wanted;
      }
    } else if (JSON.stringify(asJson(old, document)) !== JSON.stringify(wanted)) {
      map.set(name, document.createNode(wanted));
    }
  }
}

function asJson(node: unknown, document: Document): unknown {
  const readable = node as { toJS?: (document: Document) => unknown } | undefined;
  return readable?.toJS?.(document);
}
