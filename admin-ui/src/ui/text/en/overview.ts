export const overview = {
  title: "Overview",
  pipelines: "Pipelines",
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
