/** What `/api/v1/overview` answers; `/q/openapi` describes it. */
export interface Overview {
  time: string;
  topics: Topic[];
  connectors: Connector[];
}

export interface Topic {
  name: string;
  internal: boolean;
  partitions: number;
  records: number;
  /** Absent until the topic has been looked at twice. */
  recordsPerSecond?: number;
  sizeBytes: number;
  /** Why partitions can be neither read nor written, a sentence each. */
  offline: string[];
}

export type State = "UNASSIGNED" | "RUNNING" | "PAUSED" | "FAILED" | "RESTARTING" | "STOPPED";

export interface Connector {
  name: string;
  kind: "source" | "sink" | "rule";
  type: string;
  target: "STARTED" | "PAUSED" | "STOPPED";
  state: State;
  since?: string;
  error?: ConnectorError;
  tasks: number;
  records: number;
  bytes: number;
  rejected: number;
  restarts: number;
  lag: number;
}

export interface ConnectorError {
  code: string;
  category: string;
  message: string;
  suggestion?: string;
  attempts: number;
  nextAttempt?: string;
}
