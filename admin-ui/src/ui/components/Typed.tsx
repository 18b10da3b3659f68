import { TextInput, type TextInputProps } from "@mantine/core";
import { useSettled } from "./useSettled";

/** Text that counts when typing has paused, on Enter, or when the field is left. */
export function Typed({
  value,
  onChange,
  ...shown
}: Omit<TextInputProps, "value" | "onChange" | "onBlur" | "onKeyDown"> & {
  value: string;
  onChange: (value: string) => void;
}) {
  const { typed, type, settle } = useSettled(value, onChange);
  return (
    <TextInput
      {...shown}
      value={typed}
      onChange={(event) => type(event.currentTarget.value)}
      onBlur={settle}
      onKeyDown={(event) => event.key === "Enter" && settle()}
    />
  );
}
