import { DateTimePicker, type DateTimePickerProps } from "@mantine/dates";

/** A moment, picked in the viewer's zone; told and given back in ISO 8601. */
export function MomentField(
  props: {
    value: string | undefined;
    /** Called without one where the field can be cleared, and was. */
    onChange: (value: string | undefined) => void;
  } & Pick<DateTimePickerProps, "label" | "clearable" | "w" | "miw">,
) {
  const { value, onChange, ...look } = props;
  return (
    <DateTimePicker
      {...look}
      withSeconds
      value={value === undefined ? null : new Date(value)}
      onChange={(picked) =>
        onChange(picked === null ? undefined : new Date(picked.replace(" ", "T")).toISOString())
      }
    />
  );
}
