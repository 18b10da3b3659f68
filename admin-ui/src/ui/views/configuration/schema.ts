import { Validator } from "@cfworker/json-schema";
import { configuration as text } from "../../text/en/configuration";

/** What this view knows of JSON Schema. */
export interface Schema {
  $ref?: string;
  $defs?: Record<string, Schema>;
  title?: string;
  description?: string;
  default?: unknown;
  examples?: unknown[];
  type?: string | string[];
  enum?: unknown[];
  const?: unknown;
  properties?: Record<string, Schema | boolean>;
  required?: string[];
  additionalProperties?: Schema | boolean;
  items?: Schema | boolean;
  allOf?: Schema[];
  anyOf?: Schema[];
  oneOf?: Schema[];
  if?: Schema;
  then?: Schema;
  else?: Schema;
}

export type Path = (string | number)[];

/** Deeper than any of ours; a schema that refers to itself ends here. */
const MAX_DEPTH = 12;

/** What describes the setting at a path, given what the document holds so far. */
export function schemasAt(root: Schema, path: Path, document: unknown): Schema[] {
  let schemas = applying(root, root, document);
  let value = document;
  for (const step of path) {
    value = member(value, step);
    const next = schemas.flatMap((schema) => child(schema, step));
    schemas = next.flatMap((schema) => applying(root, schema, value));
  }
  return schemas;
}

function member(value: unknown, step: string | number): unknown {
  return typeof value === "object" && value !== null
    ? (value as Record<string | number, unknown>)[step]
    : undefined;
}

function child(schema: Schema, step: string | number): Schema[] {
  if (typeof step === "number") {
    return typeof schema.items === "object" ? [schema.items] : [];
  }
  const property = schema.properties?.[step];
  if (property !== undefined) {
    return typeof property === "object" ? [property] : [];
  }
  return typeof schema.additionalProperties === "object" ? [schema.additionalProperties] : [];
}

/** A schema and all that it takes in: what it refers to, its choices, and what its conditions ask. */
function applying(root: Schema, schema: Schema, value: unknown, depth = 0): Schema[] {
  if (depth > MAX_DEPTH) {
    return [];
  }
  const more = (others: (Schema | boolean | undefined)[] = []) =>
    others.flatMap((other) =>
      typeof other === "object" ? applying(root, other, value, depth + 1) : [],
    );
  const condition = schema.if;
  return [
    schema,
    ...more([target(root, schema)]),
    ...more(schema.allOf),
    ...more(schema.anyOf),
    ...more(schema.oneOf),
    ...more(
      condition === undefined ? [] : [holds(condition, value) ? schema.then : schema.else],
    ),
  ];
}

function target(root: Schema, { $ref }: Schema): Schema | undefined {
  const name = $ref?.startsWith("#/") ? $ref.slice(2).split("/") : undefined;
  return name?.reduce<Schema | undefined>(
    (found, step) => (found as Record<string, Schema | undefined> | undefined)?.[step],
    root,
  );
}

function holds(condition: Schema, value: unknown): boolean {
  return new Validator(condition as object, "2020-12", true).validate(value ?? null).valid;
}

/** The keys that can be written, with what they mean; without those that are forbidden here. */
export function keysOf(schemas: Schema[]): Map<string, Schema> {
  const keys = new Map<string, Schema>();
  const forbidden = new Set<string>();
  for (const schema of schemas) {
    for (const [key, property] of Object.entries(schema.properties ?? {})) {
      if (property === false) {
        forbidden.add(key);
      } else if (!keys.has(key) || !isDescribed(keys.get(key))) {
        keys.set(key, property === true ? {} : property);
      }
    }
  }
  for (const key of forbidden) {
    keys.delete(key);
  }
  return keys;
}

function isDescribed(schema: Schema | undefined): boolean {
  return schema?.description !== undefined;
}

/** The values that are named: choices, yes and no, the default and examples. */
export function valuesOf(schemas: Schema[]): unknown[] {
  const values = schemas.flatMap((schema) => [
    ...(schema.enum ?? []),
    ...(schema.const === undefined ? [] : [schema.const]),
    ...(types(schema).includes("boolean") ? [true, false] : []),
    ...(isSingle(schema.default) ? [schema.default] : []),
    ...(schema.examples ?? []).filter(isSingle),
  ]);
  return [...new Set(values)];
}

const isSingle = (value: unknown) => ["string", "number", "boolean"].includes(typeof value);
const types = ({ type }: Schema) => (type === undefined ? [] : [type].flat());

/** Whether lists, or maps, are what belongs there. */
export function wants(schemas: Schema[], type: "array" | "object"): boolean {
  return schemas.some((schema) => types(schema).includes(type));
}

/** What is said of a setting: its title, and a text of it. */
export function describe(schemas: Schema[]): { title: string; body: string } | undefined {
  const titled = schemas.find(({ title }) => title !== undefined);
  const described = schemas.find(({ description }) => description !== undefined);
  if (titled === undefined && described === undefined) {
    return undefined;
  }
  const preset = schemas.find((schema) => isSingle(schema.default))?.default;
  const choices = schemas.find((schema) => schema.enum !== undefined)?.enum;
  return {
    title: titled?.title ?? "",
    body: [
      described?.description,
      choices && text.oneOf(choices.join(", ")),
      preset !== undefined && text.byDefault(String(preset)),
    ]
      .filter(Boolean)
      .join("\n"),
  };
}
