import { Select } from "@mantine/core";
import type { WidgetProps } from "@rjsf/utils";
import { connectorForm as text } from "../../../text/en/connectorForm";
import { inputProps } from "./inputProps";

export function ChoiceWidget(props: WidgetProps) {
  const { value, onChange, options } = props;
  const choices = options.enumOptions ?? [];
  return (
    <Select
      {...inputProps(props)}
      data={[...new Set(choices.map((choice) => String(choice.value)))]}
      value={value === undefined ? null : String(value)}
      clearable
      onChange={(next) =>
        onChange(choices.find((choice) => String(choice.value) === next)?.value as unknown)
      }
    />
  );
}

/** Three answers: what is not set follows the default. */
export function YesNoWidget(props: WidgetProps) {
  const { value, onChange } = props;
  return (
    <Select
      {...inputProps(props)}
      data={[
        { value: "true", label: text.yes },
        { value: "false", label: text.no },
      ]}
      value={value === undefined ? null : String(value)}
      clearable
      onChange={(next) => onChange(next === null ? undefined : next === "true")}
    />
  );
}
