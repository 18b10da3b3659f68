import type { ErrorSchema, FieldProps } from "@rjsf/utils";

/** The errors of a field as its input shows them. */
export const errorOf = (errors: string[] | undefined) => (errors?.length ? errors.join(" ") : undefined);

/** What is wrong at a place and below it; below it with what it is called there. */
function errorsWithin(errors: ErrorSchema | undefined, nameOf = (name: string) => name): string[] {
  const { __errors: own = [], ...below } = errors ?? {};
  return [
    ...own,
    ...Object.entries(below).flatMap(([name, each]) =>
      errorsWithin(each as ErrorSchema | undefined).map((error) => `${nameOf(name)}: ${error}`),
    ),
  ];
}

/** What is wrong with a field that has an input for all that is below it, too. */
export function errorOfAll(
  { rawErrors = [], errorSchema }: Pick<FieldProps, "rawErrors" | "errorSchema">,
  nameOf?: (name: string) => string,
): string | undefined {
  // The library tells a place's own errors apart from those below it.
  return errorOf([...rawErrors, ...errorsWithin(errorSchema, nameOf)]);
}
