import type { ConnectorSummary, TaskState } from "../../api/schema";
import { textIn } from "../../components/address";
import { states } from "../../text/en/states";

export const KINDS = ["source", "sink", "rule"] as const;
export type Kind = (typeof KINDS)[number];

/** Which connectors are listed; lives in the address. */
export interface ConnectorsSearch {
  /** What name, type or topics must contain. */
  q?: string;
  kind?: Kind;
  state?: TaskState;
}

export const TABS = ["errors", "positions", "configuration", "capture"] as const;
export type Tab = (typeof TABS)[number];

/** What is shown of a connector; lives in the address. Without a tab, its tasks. */
export interface ConnectorSearch {
  tab?: Tab;
}

const STATES = Object.keys(states) as TaskState[];

/** Only what is known and well-formed is taken from the address. */
export function connectorsSearch(search: Record<string, unknown>): ConnectorsSearch {
  const kind = KINDS.find((known) => known === search["kind"]);
  const state = STATES.find((known) => known === search["state"]);
  return {
    ...textIn(search, "q"),
    ...(kind && { kind }),
    ...(state && { state }),
  };
}

export function connectorSearch(search: Record<string, unknown>): ConnectorSearch {
  const tab = TABS.find((known) => known === search["tab"]);
  return tab ? { tab } : {};
}

/** Whether a connector is among those that are asked for. */
export function isListed(connector: ConnectorSummary, { q, kind, state }: ConnectorsSearch) {
  const wanted = q?.toLowerCase() ?? "";
  return (
    (kind === undefined || connector.kind === kind) &&
    (state === undefined || connector.state === state) &&
    [connector.name, connector.type, ...connector.reads, ...connector.writes].some((text) =>
      text.toLowerCase().includes(wanted),
    )
  );
}
