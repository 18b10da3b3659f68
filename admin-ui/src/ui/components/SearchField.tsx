import { common } from "../text/en/common";
import { Typed } from "./Typed";

/** What the rows of a list must contain. */
export function SearchField({
  value,
  onChange,
}: {
  value: string;
  onChange: (value: string) => void;
}) {
  return (
    <Typed
      type="search"
      aria-label={common.search}
      placeholder={common.search}
      value={value}
      onChange={onChange}
    />
  );
}
