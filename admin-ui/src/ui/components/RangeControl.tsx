import { SegmentedControl } from "@mantine/core";
import { type Range, RANGES, rangeOf } from "../api/history";
import { chart as text } from "../text/en/chart";

/** How far back to look. */
export function RangeControl({
  value,
  onChange,
}: {
  value: Range;
  onChange: (range: Range) => void;
}) {
  return (
    <SegmentedControl
      size="xs"
      aria-label={text.range}
      data={RANGES.map((range) => ({ value: range, label: text.ranges[range] }))}
      value={value}
      onChange={(next) => onChange(rangeOf(next) ?? value)}
    />
  );
}
