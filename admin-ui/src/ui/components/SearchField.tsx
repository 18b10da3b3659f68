import { TextInput } from "@mantine/core";
import { common } from "../text/en/common";

/** What the rows of a list must contain. */
export function SearchField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <TextInput
      type="search"
      aria-label={common.search}
      placeholder={common.search}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
    />
  );
}
