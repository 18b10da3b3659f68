import type { FieldProps, WidgetProps } from "@rjsf/utils";
import { errorOf } from "./fieldErrors";

/** What every input has in common; label, description and error are tied to it by the library. */
export function inputProps({ id, label, required, disabled, readonly, placeholder, schema, rawErrors }: WidgetProps) {
  return {
    id,
    label,
    placeholder: placeholder ?? "",
    description: schema.description,
    error: errorOf(rawErrors),
    withAsterisk: required === true,
    disabled: disabled === true || readonly === true,
  };
}

export const titleOf = ({ schema, name }: FieldProps) => schema.title ?? name;
