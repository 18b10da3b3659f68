/** What of a topic's records goes when its settings change. */
export const losses = {
  time: (topic: string, time: string) => `Records of ${topic} that are older than ${time} are deleted.`,
  size: (topic: string, size: string) =>
    `The oldest records of ${topic} are deleted where a partition is larger than ${size}.`,
  consumedByAll: (topic: string) => `Records of ${topic} are deleted once all its readers have read them.`,
  consumedBy: (topic: string, groups: string) =>
    `Records of ${topic} are deleted once these have read them: ${groups}.`,
  compact: (topic: string) =>
    `Of each key in ${topic} only the latest record is kept; older ones are deleted.`,
} as const;
