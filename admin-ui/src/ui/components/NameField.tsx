import { Code, TextInput } from "@mantine/core";
import { confirm as text } from "../text/en/confirm";

/** Where the name of something is typed by who means it. */
export function NameField(props: {
  /** What has to be typed, letter by letter. */
  name: string;
  value: string;
  onChange: (typed: string) => void;
  disabled?: boolean;
  /** Says what is to be typed; a name, unless it says something else. */
  label?: string;
}) {
  const { name, value, onChange, disabled = false, label = text.type } = props;
  return (
    <TextInput
      label={label}
      description={<Code className="wrap-anywhere">{name}</Code>}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      disabled={disabled}
      autoComplete="off"
      autoCapitalize="off"
      spellCheck={false}
      data-autofocus
    />
  );
}
