/** Every text of the shell and of what views share. A view's own texts lie beside these. */
export const shell = {
  product: "Sluice",
  skip: "Skip to the content",
  menu: "Menu",
  views: "Views",
  overview: "Overview",
  topics: "Topics",
  connectors: "Connectors",
  api: "API description",
  health: "Health",
  metrics: "Metrics",
  toDark: "Dark colours",
  toLight: "Light colours",
  connection: { connecting: "Connecting…", live: "Live", lost: "Disconnected" },
  lost: "The connection to the gateway is lost. What you see may be out of date; this page tries again by itself.",
} as const;

export const common = {
  loading: "Loading…",
  noAnswer: "The gateway does not answer.",
  noAnswerCure: "Is it still running? This page tries again by itself.",
  tryAgain: "Try again",
  failed: "That did not work",
  denied: "You may not see this.",
  notFound: "There is no such page.",
  toOverview: "Go to the overview",
  search: "Search",
  nothingFound: "Nothing matches.",
  showInternal: "Show the gateway’s own",
} as const;

export const states = {
  UNASSIGNED: "not started",
  RUNNING: "running",
  PAUSED: "paused",
  FAILED: "failed",
  RESTARTING: "restarting",
  STOPPED: "stopped",
} as const;

export const overview = {
  title: "Overview",
  pipelines: "Pipelines",
  pipelinesHelp: "From source over topic to sink, as configured.",
  attention: "Needs attention",
  calm: "Nothing. All that was declared runs.",
  offline: (partition: string) => `${partition} can be neither read nor written`,
  empty: "No connectors yet.",
  emptyCure:
    "Declare sources, sinks and rules in the configuration file; they appear here as soon as it is saved.",
  nextAttempt: "Next attempt",
  attempts: "failed attempts",
  waiting: "waiting",
} as const;

export const topics = {
  title: "Topics",
  name: "Name",
  records: "Records",
  rate: "Rate",
  size: "Size",
  partitions: "Partitions",
  writers: "Written by",
  readers: "Read by",
  offline: "offline",
  empty: "No topics yet.",
  emptyCure:
    "They appear when a source writes its first record, when the configuration declares them, or when a Kafka client makes them.",
} as const;

export const connectors = {
  title: "Connectors",
  name: "Name",
  kind: "Kind",
  state: "State",
  records: "Records",
  bytes: "Bytes",
  waiting: "Waiting",
  rejected: "Set aside",
  since: "since",
  empty: "No connectors yet.",
} as const;
