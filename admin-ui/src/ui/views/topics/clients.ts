import type { ConnectorSummary, GroupSummary } from "../../api/schema";

/** Who writes and who reads a topic. */
export interface Clients {
  writers: ConnectorSummary[];
  readers: ConnectorSummary[];
  /** Connectors that set records aside here. */
  setAside: ConnectorSummary[];
  groups: GroupSummary[];
}

const NOBODY: Clients = { writers: [], readers: [], setAside: [], groups: [] };

/** Groups of this name belong to connectors, which are readers themselves. */
const CONNECTOR_PREFIX = "connect-";

/** The clients of each topic that has any. */
export function clientsByTopic(
  connectors: ConnectorSummary[],
  groups: GroupSummary[],
): Map<string, Clients> {
  const all = new Map<string, Clients>();
  const of = (topic: string): Clients => {
    const known = all.get(topic) ?? { writers: [], readers: [], setAside: [], groups: [] };
    all.set(topic, known);
    return known;
  };
  for (const connector of connectors) {
    connector.writes.forEach((topic) => of(topic).writers.push(connector));
    connector.reads.forEach((topic) => of(topic).readers.push(connector));
    if (connector.deadLetterTopic !== undefined) {
      of(connector.deadLetterTopic).setAside.push(connector);
    }
  }
  const names = new Set(connectors.map(({ name }) => CONNECTOR_PREFIX + name));
  for (const group of groups.filter(({ name }) => !names.has(name))) {
    group.topics.forEach((topic) => of(topic).groups.push(group));
  }
  return all;
}

export function clientsOf(
  topic: string,
  connectors: ConnectorSummary[],
  groups: GroupSummary[],
): Clients {
  return clientsByTopic(connectors, groups).get(topic) ?? NOBODY;
}
