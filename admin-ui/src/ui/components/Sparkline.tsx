import { chart as text } from "../text/en/chart";
import { type ChartLine, drawn, type Format, isEmpty, summary } from "./chart/lines";

const WIDTH = 120;
const HEIGHT = 28;
const MARGIN = 2;

/** The course of a value in the width of a word. */
export function Sparkline({
  label,
  line,
  format,
}: {
  label: string;
  line: Omit<ChartLine, "name">;
  format: Format;
}) {
  const named = { name: label, ...line };
  if (isEmpty(named)) {
    return <span>{text.unknown}</span>;
  }
  const words = summary({ times: [0], lines: [named] }, format, () => "");
  return (
    <svg
      width={WIDTH}
      height={HEIGHT}
      viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
      role="img"
      aria-label={words.slice(0, words.lastIndexOf(text.span("", "")))}
    >
      <path
        d={sparkPath(drawn(named))}
        fill="none"
        stroke="var(--mantine-primary-color-filled)"
        strokeWidth={1.5}
        strokeLinecap="round"
        strokeLinejoin="round"
      />
    </svg>
  );
}

/** The path through the values from 0 up; a gap lifts the pen. */
export function sparkPath(values: (number | null)[]): string {
  const high = values.reduce((a: number, b) => Math.max(a, b ?? 0), 0) || 1;
  const step = (WIDTH - 2 * MARGIN) / Math.max(1, values.length - 1);
  let isDown = false;
  const parts: string[] = [];
  values.forEach((value, i) => {
    if (value === null) {
      isDown = false;
      return;
    }
    const x = MARGIN + i * step;
    const y = HEIGHT - MARGIN - (value / high) * (HEIGHT - 2 * MARGIN);
    // A point that stands alone is a dot.
    parts.push(`${isDown ? "L" : "M"}${x.toFixed(1)} ${y.toFixed(1)}${isDown ? "" : "h0"}`);
    isDown = true;
  });
  return parts.join("");
}
