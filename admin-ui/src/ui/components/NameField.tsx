import { Code, TextInput } from "@mantine/core";
import { confirm as text } from "../text/en/confirm";

/** Where the name of something is typed by who means it. */
export function NameField(props: {
  /** What has to be typed, letter by letter. */
  name: string;
  value: string;
  onChange: (typed: string) => void;
  disabled?: boolean;
}) {
  const { name, value, onChange, disabled = false } = props;
  return (
    <TextInput
      label={text.type}
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
