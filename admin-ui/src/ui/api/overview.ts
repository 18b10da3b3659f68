import type { Overview, OverviewChange } from "./schema";

/** The overview that a change makes of the one before; lists that stay the same are the same. */
export function changed(old: Overview, change: OverviewChange): Overview {
  const { sampledAt } = change;
  return {
    time: change.time,
    ...(sampledAt === undefined ? {} : { sampledAt }),
    attention: change.attention ?? old.attention,
    omittedAttention: change.omittedAttention ?? old.omittedAttention,
    topics: merged(old.topics, change.topics, change.goneTopics, (topic) => topic.name),
    connectors: merged(
      old.connectors,
      change.connectors,
      change.goneConnectors,
      (connector) => connector.name,
    ),
    flows: merged(old.flows, change.flows, change.goneFlows, (flows) => flows.connector),
    groups: merged(old.groups, change.groups, change.goneGroups, (group) => group.name),
  };
}

/** Both lists are in the order of names, and so is what they give. */
export function merged<T>(
  old: T[],
  fresh: T[],
  gone: string[],
  nameOf: (item: T) => string,
): T[] {
  if (fresh.length === 0 && gone.length === 0) {
    return old;
  }
  const left = new Map(old.map((item) => [nameOf(item), item]));
  gone.forEach((name) => left.delete(name));
  const isNew = fresh.some((item) => !left.has(nameOf(item)));
  fresh.forEach((item) => left.set(nameOf(item), item));
  const all = [...left.values()];
  return isNew ? all.sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1)) : all;
}
