import { TextInput, type TextInputProps } from "@mantine/core";
import { useSettled } from "./useSettled";

/**
 * Text that counts when typing has paused, or on Enter. Not when the field is left: what it filters
 * would move away under the click that leaves it.
 */
export function Typed({
  value,
  onChange,
  ...shown
}: Omit<TextInputProps, "value" | "onChange" | "onKeyDown"> & {
  value: string;
  onChange: (value: string) => void;
}) {
  const { typed, type, settle } = useSettled(value, onChange);
  return (
    <TextInput
      {...shown}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  );
}
