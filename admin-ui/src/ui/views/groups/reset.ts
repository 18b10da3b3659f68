import type { Group, OffsetReset } from "../../api/schema";

export const TARGETS = ["earliest", "latest", "time", "shift", "offset"] as const;

export interface ResetForm {
  to: (typeof TARGETS)[number];
  /** in ISO 8601 */
  time?: string | undefined;
  by?: number | undefined;
  offset?: number | undefined;
  /** One of the choices; all partitions if absent. */
  which?: string | undefined;
}

/** What is sent; undefined while something is missing. */
export function bodyOf(form: ResetForm): OffsetReset | undefined {
  const partitions = form.which === undefined ? {} : { partitions: [choice(form.which)] };
  switch (form.to) {
    case "earliest":
    case "latest":
      return { to: form.to, ...partitions };
    case "time":
      return form.time === undefined
        ? undefined
        : { to: "time", time: form.time, ...partitions };
    case "shift":
      return form.by === undefined ? undefined : { to: "shift", by: form.by, ...partitions };
    case "offset":
      return form.offset === undefined
        ? undefined
        : { to: "offset", offset: form.offset, ...partitions };
  }
}

/** Topics' names hold no slash. */
const SEPARATOR = "/";

/** The topics of a group, and the partitions of each. */
export function choices(group: Group): string[] {
  return group.topics.flatMap((topic) => [
    topic,
    ...group.offsets
      .filter((position) => position.topic === topic)
      .map(({ partition }) => `${topic}${SEPARATOR}${partition}`),
  ]);
}

function choice(which: string): { topic: string; partition?: number } {
  const [topic = which, partition] = which.split(SEPARATOR);
  return partition === undefined ? { topic } : { topic, partition: Number(partition) };
}
