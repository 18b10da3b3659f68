export const common = {
  loading: "Loading…",
  noAnswerCure: "Is it still running? This page tries again by itself.",
  tryAgain: "Try again",
  denied: "You may not see this.",
  notFound: "There is no such page.",
  toOverview: "Go to the overview",
  close: "Close",
  search: "Search",
  nothingFound: "Nothing matches.",
  showInternal: "Show the gateway’s own",
} as const;
