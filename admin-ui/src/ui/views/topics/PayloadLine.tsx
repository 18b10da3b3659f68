import { Text } from "@mantine/core";
import { memo } from "react";
import { oneLine } from "./payload";

/** More does not fit into two lines. */
const LONGEST = 300;

/** The beginning of a key or value, always as text; formatted once for each. */
export const PayloadLine = memo(function PayloadLine(props: {
  content: unknown;
  encoding?: string | undefined;
  /** What is said if there is none. */
  none: string;
}) {
  const line = oneLine(props, LONGEST);
  return line === undefined ? (
    <Text c="dimmed" fs="italic" size="sm">
      {props.none}
    </Text>
  ) : (
    <Text ff="monospace" size="sm" lineClamp={2} className="wrap-anywhere">
      {line}
    </Text>
  );
});
