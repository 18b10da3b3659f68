import type { Overview, OverviewChange } from "./schema";

/** The overview that a change makes of the one before. What has not changed stays the same object. */
export function changed(old: Overview, change: OverviewChange): Overview {
  return {
    ...old,
    time: change.time,
    topics: merged(old.topics, change.topics, change.goneTopics),
    connectors: merged(old.connectors, change.connectors, change.goneConnectors),
  };
}

function merged<T extends { name: string }>(old: T[], fresh: T[], gone: string[]): T[] {
  if (fresh.length === 0 && gone.length === 0) {
    return old;
  }
  const all = new Map(old.map((one) => [one.name, one]));
  const isNew = fresh.some(({ name }) => !all.has(name));
  gone.forEach((name) => all.delete(name));
  fresh.forEach((one) => all.set(one.name, one));
  const rows = [...all.values()];
  return isNew ? rows.sort((a, b) => (a.name < b.name ? -1 : 1)) : rows;
}
