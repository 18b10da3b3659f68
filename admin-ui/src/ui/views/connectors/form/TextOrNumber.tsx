import { NumberInput, TextInput } from "@mantine/core";
import type { BaseInputTemplateProps } from "@rjsf/utils";
import { inputProps } from "./inputProps";

export function TextOrNumber(props: BaseInputTemplateProps) {
  const { schema, value, onChange } = props;
  const isNumber = schema.type === "integer" || schema.type === "number";
  return isNumber ? (
    <NumberInput
      {...inputProps(props)}
      value={(value as number | undefined) ?? ""}
      allowDecimal={schema.type === "number"}
      onChange={(next) => onChange(next === "" ? undefined : next)}
    />
  ) : (
    <TextInput
      {...inputProps(props)}
      value={(value as string | undefined) ?? ""}
      onChange={({ currentTarget }) => onChange(currentTarget.value || undefined)}
    />
  );
}
