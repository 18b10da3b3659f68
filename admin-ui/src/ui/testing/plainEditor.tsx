import type { EditorProps } from "../components/editor/types";

/** Stands in for the code editor, which has tests of its own; what it is compared with is its title. */
export const CodeEditor = ({ value, onChange, ariaLabel, original }: EditorProps) => (
  <textarea
    title={original}
    aria-label={ariaLabel}
    value={value}
    onChange={({ currentTarget }) => onChange?.(currentTarget.value)}
  />
);

export const isMixed = () => false;
