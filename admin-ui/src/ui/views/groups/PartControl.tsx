import { Button, Group } from "@mantine/core";
import { closer, earlier, later, type Part, type Range, RANGE_MILLIS } from "../../api/history";
import { chart as text } from "../../text/en/chart";

/** Moves along the past, and closer to it, without a mouse. */
export function PartControl(props: {
  range: Range;
  /** What is looked at instead of the range. */
  part: Part | undefined;
  onChange: (part: Part) => void;
}) {
  const { range, part, onChange } = props;
  const now = Date.now();
  const shown = part ?? { from: now - RANGE_MILLIS[range], to: now };
  const ways = [
    { label: text.earlier, to: earlier(shown) },
    { label: text.later, to: part && later(part, now) },
    { label: text.closer, to: closer(shown) },
  ];
  return (
    <Group gap="xs" role="group" aria-label={text.part}>
      {ways.map(({ label, to }) => (
        <Button
          key={label}
          size="compact-sm"
          variant="default"
          disabled={to === undefined}
          onClick={() => to && onChange(to)}
        >
          {label}
        </Button>
      ))}
    </Group>
  );
}
