import { Autocomplete, type AutocompleteProps } from "@mantine/core";
import { useSettled } from "./useSettled";

/** As `Typed`, with suggestions of which one can be taken. */
export function Suggested({
  value,
  onChange,
  ...shown
}: Omit<AutocompleteProps, "value" | "onChange" | "onKeyDown"> & {
  value: string;
  onChange: (value: string) => void;
}) {
  const { typed, type, settle } = useSettled(value, onChange);
  return (
    <Autocomplete
      {...shown}
      value={typed}
      onChange={type}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  );
}
