import type { ConnectorSummary, Overview } from "../../api/schema";

export type Attention =
  | { kind: "failed"; connector: ConnectorSummary }
  | { kind: "stumbling"; connector: ConnectorSummary }
  | { kind: "offline"; topic: string; reason: string };

/** What someone on call must see, the worst first. */
export function attention({ topics, connectors }: Overview): Attention[] {
  const offline: Attention[] = topics.flatMap(({ name, offline: reasons }) =>
    reasons.map((reason) => ({ kind: "offline", topic: name, reason })),
  );
  const failed = connectors
    .filter((connector) => connector.state === "FAILED")
    .map((connector): Attention => ({ kind: "failed", connector }));
  const stumbling = connectors
    .filter((connector) => connector.state !== "FAILED" && connector.error !== undefined)
    .map((connector): Attention => ({ kind: "stumbling", connector }));
  return [...offline, ...failed, ...stumbling];
}
