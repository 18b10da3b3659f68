import type { ConnectorSummary, Flow } from "../../api/schema";
import { count, rate } from "../../components/format";
import { overview as text } from "../../text/en/overview";

/** How much flows, and how much waits; nothing if neither. */
function amounts(perSecond = 0, lag = 0): string {
  return [
    ...(perSecond > 0 ? [rate(perSecond)] : []),
    ...(lag > 0 ? [`${count(lag)} ${text.waiting}`] : []),
  ].join(" · ");
}

/** What is most telling of a connector, in the width of a node. */
export function facts({ lag, recordsPerSecond, type }: ConnectorSummary): string {
  return amounts(recordsPerSecond, lag) || type;
}

/** What an edge says. */
export function flowWords(flow: Flow | undefined): string {
  return amounts(flow?.recordsPerSecond, flow?.lag);
}
