export const chart = {
  asTable: "Show as a table",
  asChart: "Show as a chart",
  time: "Time",
  nothing: "Nothing was measured in this time.",
  unknown: "–",
  noneKnown: (name: string) => `${name}: nothing known.`,
  line: (name: string, now: string, low: string, high: string) =>
    `${name}: last ${now}, between ${low} and ${high}.`,
  lineHigh: (name: string, now: string, high: string) =>
    `${name}: last ${now}, at most ${high}.`,
  highs: "Each point is the largest value since the one before.",
  zoomHelp: "Drag across a part of the chart to see it more closely.",
  zoomed: (from: string, to: string) => `From ${from} to ${to}.`,
  zoomOut: "Show the whole range",
  span: (from: string, to: string) => `From ${from} to ${to}.`,
  more: (count: string) => `${count} more lines are not drawn.`,
  range: "Time range",
  ranges: { "1h": "1 hour", "6h": "6 hours", "24h": "24 hours", "14d": "14 days" },
} as const;
