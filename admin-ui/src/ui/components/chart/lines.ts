import { chart as text } from "../../text/en/chart";

/** A line of a chart; null where nothing is known. */
export interface ChartLine {
  name: string;
  values: (number | null)[];
  /** The largest value since the time before, where that is drawn instead of the last one. */
  highs?: (number | null)[];
}

/** What is drawn of a line. */
export function drawn({ values, highs }: ChartLine): (number | null)[] {
  return highs ?? values;
}

/** What a chart shows; the n-th value of each line is that of the n-th time. */
export interface ChartData {
  /** In milliseconds since the epoch. */
  times: number[];
  lines: ChartLine[];
}

export type Format = (value: number) => string;

/** Colours that can be told apart, also by those who see few, on light and on dark ground. */
const LIGHT = ["#0b6e99", "#b45309", "#6d28d9", "#15803d", "#be123c", "#475569", "#a16207", "#0f766e"];
const DARK = ["#48a9d3", "#f59e0b", "#a78bfa", "#4ade80", "#fb7185", "#94a3b8", "#facc15", "#2dd4bf"];

/** How the n-th line looks: with a dash of its own where colours begin anew. */
export function lineStyle(n: number, isDark: boolean): { stroke: string; dash: number[] } {
  const colors = isDark ? DARK : LIGHT;
  const round = Math.floor(n / colors.length);
  return {
    stroke: colors[n % colors.length] ?? "#888888",
    dash: round === 0 ? [] : [4 + 4 * round, 4],
  };
}

/** The chart in words, for those who do not see it. */
export function summary({ times, lines }: ChartData, format: Format, time: Format): string {
  const first = times[0];
  const last = times.at(-1);
  if (first === undefined || last === undefined || lines.every((line) => isEmpty(line))) {
    return text.nothing;
  }
  return [
    ...lines.slice(0, MAX_LINES_IN_WORDS).map((line) => sentence(line, format)),
    ...(lines.length > MAX_LINES_IN_WORDS
      ? [text.more(String(lines.length - MAX_LINES_IN_WORDS))]
      : []),
    text.span(time(first), time(last)),
  ].join(" ");
}

const MAX_LINES_IN_WORDS = 10;

function sentence(line: ChartLine, format: Format): string {
  const known = line.values.filter((value) => value !== null);
  const now = known.at(-1);
  if (now === undefined) {
    return text.noneKnown(line.name);
  }
  const highs = drawn(line).filter((value) => value !== null);
  const high = highs.reduce((a, b) => Math.max(a, b), now);
  if (line.highs !== undefined) {
    // How low it was between two times is not known.
    return text.lineHigh(line.name, format(now), format(high));
  }
  const low = known.reduce((a, b) => Math.min(a, b));
  return text.line(line.name, format(now), format(low), format(high));
}

export function isEmpty(line: ChartLine): boolean {
  return line.values.every((value) => value === null);
}

const local = new Intl.DateTimeFormat(undefined, { dateStyle: "medium", timeStyle: "medium" });

/** A moment in the viewer's zone. */
export function localTime(millis: number): string {
  return local.format(new Date(millis));
}

const hourMinute = new Intl.DateTimeFormat(undefined, { timeStyle: "short" });
const withSeconds = new Intl.DateTimeFormat(undefined, { timeStyle: "medium" });
const day = new Intl.DateTimeFormat(undefined, { day: "numeric", month: "short" });
const MINUTE_MILLIS = 60_000;
const DAY_MILLIS = 86_400_000;

/**
 * What stands at an axis of times: the time, and beneath it the day, where another one begins. All in the
 * viewer's zone and way of writing.
 */
export function axisTimes(times: number[], stepMillis: number): string[] {
  const time = stepMillis < MINUTE_MILLIS ? withSeconds : hourMinute;
  return times.map((millis, i) => {
    const before = times[i - 1];
    const date = day.format(new Date(millis));
    if (stepMillis >= DAY_MILLIS) {
      return date;
    }
    const isSameDay = before !== undefined && day.format(new Date(before)) === date;
    const at = time.format(new Date(millis));
    return isSameDay ? at : `${at}\n${date}`;
  });
}

/** Whether only a part of what there is is looked at; times in order. */
export function isPart(times: number[], from: number | undefined, to: number | undefined): boolean {
  const first = times[0];
  const last = times.at(-1);
  return (
    first !== undefined &&
    last !== undefined &&
    from !== undefined &&
    to !== undefined &&
    (from > first || to < last)
  );
}

/** The same, with UTC beside it. */
export function bothTimes(millis: number): string {
  return `${localTime(millis)} (${new Date(millis).toISOString().slice(0, 19)}Z)`;
}
