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
