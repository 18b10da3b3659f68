import type { ConnectorSummary, Overview, TopicSummary } from "../../api/schema";

/** A running connector for tests. */
export function connector(
  name: string,
  more: Partial<ConnectorSummary> = {},
): ConnectorSummary {
  return {
    name,
    kind: "source",
    type: "file",
    delivery: "at-least-once",
    origin: "file",
    target: "STARTED",
    state: "RUNNING",
    reads: [],
    writes: [],
    tasks: 1,
    records: 0,
    bytes: 0,
    rejected: 0,
    failures: 0,
    restarts: 0,
    lag: 0,
    ...more,
  };
}

/** A topic for tests. */
export function topic(name: string, more: Partial<TopicSummary> = {}): TopicSummary {
  return {
    name,
    internal: false,
    partitions: 1,
    records: 0,
    sizeBytes: 0,
    retention: {},
    compacted: false,
    offline: [],
    ...more,
  };
}

export function overviewOf(connectors: ConnectorSummary[], topics: TopicSummary[]): Overview {
  return {
    time: "2026-01-01T00:02:00Z",
    attention: [],
    omittedAttention: [],
    connectors,
    topics,
    flows: [],
    groups: [],
  };
}
