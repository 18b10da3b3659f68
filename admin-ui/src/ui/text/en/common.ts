import { plural } from "../../components/format";

export const common = {
  loading: "Loading…",
  noAnswer: "The gateway does not answer.",
  triesAgain: "Is it still running? This page tries again by itself.",
  mayBeDone: "It may or may not have been done: look before you repeat it.",
  tryAgain: "Try again",
  copy: "Copy",
  copied: "Copied",
  notCopied: "The browser did not let it be copied.",
  denied: "You have no permission for this.",
  notFound: "There is no such page.",
  toOverview: "Go to the overview",
  close: "Close",
  search: "Search",
  nothingFound: "Nothing matches.",
  records: (count: number) => plural(count, "record"),
  partitions: (count: number) => plural(count, "partition"),
  showInternal: "Show the gateway’s own",
} as const;
