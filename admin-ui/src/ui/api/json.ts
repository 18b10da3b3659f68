interface Source {
  source?: string;
}

type Reviver = (key: string, value: unknown, context?: Source) => unknown;

const parse = JSON.parse as (text: string, reviver: Reviver) => unknown;
const { rawJSON, isRawJSON } = JSON as {
  rawJSON?: (text: string) => unknown;
  isRawJSON?: (value: unknown) => boolean;
};

/** A number that is kept digit by digit. */
export function isExact(value: unknown): value is { rawJSON: string } {
  return isRawJSON?.(value) === true;
}

/** About what a member says that is to be a number; NaN if it is none. */
export function numberOf(value: unknown): number {
  return Number(isExact(value) ? value.rawJSON : value);
}

/**
 * JSON in which numbers that JavaScript would round, or write otherwise, are kept digit by digit:
 * `JSON.stringify` gives them back as they were. A record's id must not change on the way to the
 * screen. Where the browser can't do that, numbers are as always.
 */
export function parseExactly<T>(text: string): T {
  return parse(text, (_, value, context) =>
    typeof value === "number" &&
    rawJSON !== undefined &&
    context?.source !== undefined &&
    context.source !== String(value)
      ? rawJSON(context.source)
      : value,
  ) as T;
}
