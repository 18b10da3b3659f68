import { type OutputUnit, type Schema as JsonSchema, Validator } from "@cfworker/json-schema";
import {
  createErrorHandler,
  type CustomValidator,
  type ErrorTransformer,
  type FormContextType,
  type RJSFSchema,
  type RJSFValidationError,
  toErrorSchema,
  unwrapErrorHandler,
  type ValidationData,
  type ValidatorType,
  validationDataMerge,
} from "@rjsf/utils";
import { connectorForm as text } from "../../../text/en/connectorForm";

/** A mistake at a place, as a JSON pointer into what was validated. */
export interface Mistake {
  pointer: string;
  message: string;
}

/** What only says that something within is wrong; that is told where it is. */
const ONLY_OUTER = new Set(["properties", "items", "additionalProperties", "$ref", "allOf", "then", "else"]);

/** A reference stands for a value that only the gateway knows. */
const REFERENCE = /\$\{(env:|file:|secret:|dir\}|data\})/;

/**
 * What a schema says against a value. The usual validator of forms compiles schemas into code, which
 * the page's policy forbids; this one interprets them.
 */
export function mistakes(schema: object, value: unknown): Mistake[] {
  return inOurWords(schema, value, errorsOf(schema, value));
}

/**
 * As `mistakes`, but for what is of another type than forms ask for: the gateway may take that, too,
 * such as a text for a list of one.
 */
export function sureMistakes(schema: object, value: unknown): Mistake[] {
  const errors = errorsOf(schema, value);
  const ofOtherType = new Set(
    errors.filter(({ keyword }) => keyword === "type").map(({ instanceLocation }) => instanceLocation),
  );
  return inOurWords(
    schema,
    value,
    errors.filter(({ instanceLocation }) => !ofOtherType.has(instanceLocation)),
  );
}

function errorsOf(schema: object, value: unknown): OutputUnit[] {
  return new Validator(schema as JsonSchema, "2020-12", false).validate(withoutUndefined(value)).errors;
}

function inOurWords(schema: object, value: unknown, errors: OutputUnit[]): Mistake[] {
  const found = new Map<string, Mistake>();
  for (const { keyword, instanceLocation, error } of errors) {
    const at = instanceLocation.slice(1);
    if (ONLY_OUTER.has(keyword) || isReference(valueAt(value, at))) {
      continue;
    }
    const missing = keyword === "required" ? /"([^"]+)"/.exec(error)?.[1] : undefined;
    const pointer = missing === undefined ? at : `${at}/${escaped(missing)}`;
    if (!found.has(pointer)) {
      found.set(pointer, { pointer, message: wordsFor(keyword, schemaAt(schema, pointer), error) });
    }
  }
  return [...found.values()];
}

function wordsFor(keyword: string, schema: Record<string, unknown> | undefined, error: string): string {
  switch (keyword) {
    case "required":
      return text.wrong.required;
    case "pattern":
      return text.wrong.pattern(String(schema?.["pattern"] ?? ""));
    case "enum":
      return text.wrong.enum;
    case "minimum":
      return text.wrong.minimum(String(schema?.["minimum"] ?? ""));
    case "maximum":
      return text.wrong.maximum(String(schema?.["maximum"] ?? ""));
    case "minLength":
    case "minItems":
      return text.wrong.empty;
    case "type":
      return text.wrong.type(String(schema?.["type"] ?? ""));
    default:
      return error;
  }
}

/** JSON has no undefined; forms leave them behind where something was cleared. */
function withoutUndefined(value: unknown): unknown {
  return value === undefined ? {} : (JSON.parse(JSON.stringify(value)) as unknown);
}

export const isReference = (value: unknown) => typeof value === "string" && REFERENCE.test(value);

const escaped = (name: string) => name.replaceAll("~", "~0").replaceAll("/", "~1");

/** The names and indexes that a JSON pointer consists of. */
export function steps(pointer: string): string[] {
  return pointer
    .split("/")
    .slice(1)
    .map((step) => decodeURIComponent(step).replaceAll("~1", "/").replaceAll("~0", "~"));
}

function valueAt(value: unknown, pointer: string): unknown {
  return steps(pointer).reduce<unknown>(
    (at, step) =>
      typeof at === "object" && at !== null ? (at as Record<string, unknown>)[step] : undefined,
    value,
  );
}

function schemaAt(schema: object, pointer: string): Record<string, unknown> | undefined {
  return steps(pointer).reduce<Record<string, unknown> | undefined>((at, step) => {
    const properties = at?.["properties"] as Record<string, unknown> | undefined;
    return (properties?.[step] ?? at?.["items"] ?? at?.["additionalProperties"]) as
      | Record<string, unknown>
      | undefined;
  }, schema as Record<string, unknown>);
}

/** `/a/b~1c/0` as the form library writes places: `['a']['b/c']['0']`. */
function propertyOf(pointer: string): string {
  return steps(pointer)
    .map((step) => `['${step.replaceAll("\\", "\\\\").replaceAll("'", "\\'")}']`)
    .join("");
}

/** The mistakes as the form library takes them. */
export function toFormErrors(found: Mistake[]): RJSFValidationError[] {
  return found.map(({ pointer, message }) => ({
    property: pointer === "" ? "." : propertyOf(pointer),
    message,
    stack: message,
  }));
}

/** Our validator behind the form library's interface. */
export class InterpretingValidator<T = unknown, F extends FormContextType = FormContextType>
  implements ValidatorType<T, RJSFSchema, F>
{
  validateFormData(
    formData: T | undefined,
    schema: RJSFSchema,
    customValidate?: CustomValidator<T, RJSFSchema, F>,
    transformErrors?: ErrorTransformer<T, RJSFSchema, F>,
  ): ValidationData<T> {
    const found = toFormErrors(mistakes(schema, formData));
    const errors = transformErrors?.(found) ?? found;
    const data = { errors, errorSchema: toErrorSchema<T>(errors) };
    if (customValidate === undefined) {
      return data;
    }
    const handler = customValidate(formData, createErrorHandler<T>(formData as T));
    return validationDataMerge<T>(data, unwrapErrorHandler<T>(handler));
  }

  isValid(schema: RJSFSchema, formData: T | undefined): boolean {
    return mistakes(schema, formData).length === 0;
  }

  rawValidation<Result>(schema: RJSFSchema, formData?: T): { errors?: Result[] } {
    return { errors: mistakes(schema, formData) as Result[] };
  }
}
