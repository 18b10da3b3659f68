export const topics = {
  title: "Topics",
  name: "Name",
  records: "Records",
  rate: "Rate",
  size: "Size",
  partitions: "Partitions",
  offline: "offline",
  empty: "No topics yet.",
  emptyCure:
    "They appear when a source writes its first record, when the configuration declares them, or when a Kafka client makes them.",
} as const;
