import type { RJSFSchema, UiSchema } from "@rjsf/utils";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { isReference } from "./validator";

type Node = Record<string, unknown>;

/**
 * A type's schema as the form needs it: without defaults, since what is not set stays not set, and
 * with a plain text where a value is a reference, whatever it stands for.
 */
export function formSchema(schema: object, value: unknown): RJSFSchema {
  const { default: _, $schema: __, ...node } = schema as Node;
  if (isReference(value)) {
    const { title, description, writeOnly } = node;
    return { type: "string", title, description, writeOnly } as RJSFSchema;
  }
  const properties = node["properties"] as Record<string, object> | undefined;
  if (properties === undefined) {
    return node as RJSFSchema;
  }
  const values = (value ?? {}) as Node;
  return {
    ...node,
    properties: Object.fromEntries(
      Object.entries(properties).map(([name, option]) => [name, formSchema(option, values[name])]),
    ),
  } as RJSFSchema;
}

/** How each option is asked for. */
export function uiSchemaOf(schema: object): UiSchema {
  const properties = ((schema as Node)["properties"] ?? {}) as Record<string, Node>;
  return {
    "ui:label": false,
    "ui:order": order(properties, ((schema as Node)["required"] ?? []) as string[]),
    ...Object.fromEntries(
      Object.entries(properties).map(([name, option]) => [name, uiOf(option)]),
    ),
  };
}

/** What must be given comes first; the rest as its author has put it. */
function order(properties: Record<string, Node>, required: string[]): string[] {
  const names = Object.keys(properties);
  return [
    ...names.filter((name) => required.includes(name)),
    ...names.filter((name) => !required.includes(name)),
  ];
}

function uiOf(option: Node): UiSchema {
  const fallback = inWords(option["default"]);
  const example = inWords(firstExample(option));
  const placeholder =
    fallback !== undefined
      ? text.byDefault(fallback)
      : example !== undefined
        ? text.forExample(example)
        : undefined;
  const base: UiSchema = placeholder === undefined ? {} : { "ui:placeholder": placeholder };
  if (option["type"] === "array") {
    const isOfTexts = (option["items"] as Node | undefined)?.["type"] === "string";
    return isOfTexts ? { ...base, "ui:field": "TextList" } : { "ui:field": "InYaml" };
  }
  if (option["type"] === "object" && option["properties"] === undefined) {
    return { ...base, "ui:field": "TextMap" };
  }
  if (option["writeOnly"] === true) {
    return { ...base, "ui:widget": "password" };
  }
  return option["type"] === "boolean" ? { ...base, "ui:widget": "checkbox" } : base;
}

/** A value as a placeholder shows it; undefined if it is none that fits there. */
function inWords(value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const items = value.map(inWords);
    return items.length > 0 && items.every((item) => item !== undefined)
      ? items.join(", ")
      : undefined;
  }
  return value === undefined || typeof value === "object" ? undefined : String(value);
}

function firstExample(option: Node): unknown {
  const examples = option["examples"];
  return Array.isArray(examples) ? (examples[0] as unknown) : undefined;
}
