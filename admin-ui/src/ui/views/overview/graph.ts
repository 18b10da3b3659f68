import dagre from "@dagrejs/dagre";
import type { ConnectorSummary, Flow, Overview, TopicSummary } from "../../api/schema";

export type PipelineNode =
  | { id: string; kind: "connector"; connector: ConnectorSummary }
  | { id: string; kind: "topic"; topic: string; summary: TopicSummary | undefined };

export interface PipelineEdge {
  id: string;
  from: string;
  to: string;
  /** What flows, if that is known. */
  flow: Flow | undefined;
  /** Whether its connector has failed, so that nothing flows or will. */
  isFailed: boolean;
}

export interface Pipelines {
  nodes: PipelineNode[];
  edges: PipelineEdge[];
}

export const NODE_WIDTH = 260;
export const NODE_HEIGHT = 74;

const connectorId = (name: string) => `connector:${name}`;
const topicId = (name: string) => `topic:${name}`;

/**
 * What flows where: connectors, and the topics between them. Topics that no connector touches are
 * not part of a pipeline.
 */
export function pipelines(overview: Overview): Pipelines {
  const topics = new Map(overview.topics.map((topic) => [topic.name, topic]));
  const nodes = new Map<string, PipelineNode>();
  const edges: PipelineEdge[] = [];
  const edge = (from: string, to: string, flow: Flow | undefined, isFailed: boolean) =>
    edges.push({ id: `${from}>${to}`, from, to, flow, isFailed });
  const flows = new Map(overview.flows.map((each) => [each.connector, each]));
  const of = (topic: string) => (flow: Flow) => flow.topic === topic;
  const topicNode = (name: string) => {
    const id = topicId(name);
    nodes.set(id, { id, kind: "topic", topic: name, summary: topics.get(name) });
    return id;
  };
  for (const connector of overview.connectors) {
    const id = connectorId(connector.name);
    nodes.set(id, { id, kind: "connector", connector });
    const isFailed = connector.state === "FAILED";
    for (const topic of connector.reads) {
      edge(topicNode(topic), id, flows.get(connector.name)?.reads.find(of(topic)), isFailed);
    }
    for (const topic of connector.writes) {
      edge(id, topicNode(topic), flows.get(connector.name)?.writes.find(of(topic)), isFailed);
    }
  }
  return { nodes: [...nodes.values()], edges };
}

/** What a layout depends on: as long as this stays the same, nodes stay where they are. */
export function shape({ nodes, edges }: Pipelines): string {
  return JSON.stringify([nodes.map((node) => node.id), edges.map((edge) => edge.id)]);
}

/** Where each node goes: its upper left corner, in pixels. */
export type Places = ReadonlyMap<string, { x: number; y: number }>;

/** From left to right in layers. */
export function layout({ nodes, edges }: Pipelines): Places {
  const graph = new dagre.graphlib.Graph();
  graph.setGraph({ rankdir: "LR", nodesep: 18, ranksep: 110 });
  graph.setDefaultEdgeLabel(() => ({}));
  for (const node of nodes) {
    graph.setNode(node.id, { width: NODE_WIDTH, height: NODE_HEIGHT });
  }
  for (const edge of edges) {
    graph.setEdge(edge.from, edge.to);
  }
  dagre.layout(graph);
  return new Map(
    nodes.map((node) => {
      const { x, y } = graph.node(node.id);
      return [node.id, { x: x - NODE_WIDTH / 2, y: y - NODE_HEIGHT / 2 }];
    }),
  );
}

/** Smaller than this it is not made to fit: what is outside can be moved into sight. */
const READABLE_ZOOM = 0.45;
const MARGIN = 24;

export interface Size {
  width: number;
  height: number;
}

/**
 * The part of the graph that is shown first: all of it, in the middle, if it can be read then, else its
 * beginning, which is on the left where records come in.
 */
export function viewportOf(places: Places, { width, height }: Size) {
  const all = [...places.values()];
  const left = Math.min(...all.map(({ x }) => x));
  const top = Math.min(...all.map(({ y }) => y));
  const graphWidth = Math.max(...all.map(({ x }) => x)) + NODE_WIDTH - left;
  const graphHeight = Math.max(...all.map(({ y }) => y)) + NODE_HEIGHT - top;
  const fitting = Math.min(
    1,
    (width - 2 * MARGIN) / graphWidth,
    (height - 2 * MARGIN) / graphHeight,
  );
  const zoom = Math.max(READABLE_ZOOM, fitting);
  const before = (space: number, taken: number) => Math.max(MARGIN, (space - taken * zoom) / 2);
  return {
    x: before(width, graphWidth) - left * zoom,
    y: before(height, graphHeight) - top * zoom,
    zoom,
  };
}
