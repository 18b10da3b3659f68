import type { Overview } from "../../api/schema";
import { textIn } from "../../components/address";

/** More connectors than these are not drawn at once: nobody could read them. */
export const MAX_DRAWN = 60;

/** A connector may read or write thousands of topics: of each side not more are drawn than these … */
export const MAX_TOPICS_EACH = 25;

/** … and of all connectors together not more than these. */
export const MAX_TOPICS = 150;

/** Which pipelines are drawn; lives in the address. */
export interface PipelineFilter {
  /** What the name of a connector or of one of its topics must contain. */
  q?: string;
  /** Only those that need attention; by default, if there are too many to draw all. */
  troubled?: boolean;
}

/** Only what is known and well-formed is taken from the address. */
export function pipelineFilter(search: Record<string, unknown>): PipelineFilter {
  const { troubled } = search;
  return {
    ...textIn(search, "q"),
    ...(typeof troubled === "boolean" ? { troubled } : {}),
  };
}

/** Whether only those that need attention are drawn. */
export function isTroubledOnly({ connectors }: Overview, { q, troubled }: PipelineFilter): boolean {
  return troubled ?? (q === undefined && connectors.length > MAX_DRAWN);
}

/** The connectors to draw. */
export function selected(overview: Overview, filter: PipelineFilter): Overview["connectors"] {
  const { connectors, attention, groups, topics } = overview;
  const { q = "" } = filter;
  const named = connectors.filter((connector) =>
    [connector.name, ...connector.reads, ...connector.writes].some((name) => name.includes(q)),
  );
  if (!isTroubledOnly(overview, filter)) {
    return named;
  }
  const owners = new Map(groups.map((group) => [group.name, group.connector]));
  const troubled = new Set([
    ...attention.map(({ subject }) => owners.get(subject) ?? subject),
    // Where there are many, not all of them are in the list.
    ...connectors.filter(({ state, error }) => state === "FAILED" || error).map(nameOf),
    ...topics.filter(({ offline }) => offline.length > 0).map(nameOf),
  ]);
  return named.filter((connector) =>
    [connector.name, ...connector.reads, ...connector.writes].some((name) => troubled.has(name)),
  );
}

const nameOf = ({ name }: { name: string }) => name;

export interface Drawn {
  connectors: Overview["connectors"];
  /** How many of the connectors' topics are left out. */
  hiddenTopics: number;
}

/** As many of the connectors, and of their topics, as can be read at once. */
export function drawn(chosen: Overview["connectors"]): Drawn {
  const shown = new Set<string>();
  const hidden = new Set<string>();
  const some = (topics: string[]) => {
    const found: string[] = [];
    for (const topic of topics) {
      const hasRoom = shown.has(topic) || shown.size < MAX_TOPICS;
      if (hasRoom && found.length < MAX_TOPICS_EACH) {
        shown.add(topic);
        found.push(topic);
      } else {
        hidden.add(topic);
      }
    }
    return found;
  };
  const connectors = chosen.slice(0, MAX_DRAWN).map((connector) => ({
    ...connector,
    reads: some(connector.reads),
    writes: some(connector.writes),
  }));
  return { connectors, hiddenTopics: [...hidden].filter((topic) => !shown.has(topic)).length };
}
