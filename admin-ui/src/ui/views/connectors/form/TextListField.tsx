import { TagsInput } from "@mantine/core";
import type { FieldProps, RJSFSchema } from "@rjsf/utils";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { errorOfAll } from "./fieldErrors";
import { titleOf } from "./inputProps";

/** A list of texts; one text stands for a list of one. */
export function TextListField(props: FieldProps) {
  const { formData, onChange, fieldPathId, schema, required, uiSchema } = props;
  const values = Array.isArray(formData) ? formData.map(String) : formData ? [String(formData)] : [];
  const choices = ((schema.items as RJSFSchema | undefined)?.enum ?? []).map(String);
  return (
    <TagsInput
      id={fieldPathId.$id}
      label={titleOf(props)}
      description={schema.description}
      placeholder={values.length === 0 ? (uiSchema?.["ui:placeholder"] ?? text.listHelp) : ""}
      error={errorOfAll(props, (index) => values[Number(index)] ?? index)}
      withAsterisk={required === true}
      data={[...new Set(choices)]}
      value={values}
      onChange={(next) => onChange(next.length === 0 ? undefined : next, fieldPathId.path)}
    />
  );
}
