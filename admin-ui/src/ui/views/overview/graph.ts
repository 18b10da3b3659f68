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
}

export interface Pipelines {
  nodes: PipelineNode[];
  edges: PipelineEdge[];
}

export const NODE_WIDTH = 220;
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
  const edge = (from: string, to: string, flow: Flow | undefined) =>
    edges.push({ id: `${from}>${to}`, from, to, flow });
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
    for (const topic of connector.reads) {
      edge(topicNode(topic), id, flows.get(connector.name)?.reads.find(of(topic)));
    }
    for (const topic of connector.writes) {
      edge(id, topicNode(topic), flows.get(connector.name)?.writes.find(of(topic)));
    }
  }
  return { nodes: [...nodes.values()], edges };
}

/** What a layout depends on: as long as this stays the same, nodes stay where they are. */
export function shape({ nodes, edges }: Pipelines): string {
  return JSON.stringify([nodes.map((node) => node.id), edges.map((edge) => edge.id)]);
}

/** Where each node goes (its upper left corner, in pixels): from left to right in layers. */
export function layout({ nodes, edges }: Pipelines): Map<string, { x: number; y: number }> {
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
