import "@xyflow/react/dist/style.css";
import { useComputedColorScheme } from "@mantine/core";
import {
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
} from "@xyflow/react";
import { Link } from "@tanstack/react-router";
import { useMemo } from "react";
import type { ConnectorSummary, Flow, Overview } from "../../api/schema";
import { count, rate } from "../../components/format";
import { State } from "../../components/State";
import { overview as text } from "../../text/en/overview";
import { layout, NODE_HEIGHT, NODE_WIDTH, type PipelineNode, pipelines, shape } from "./graph";
import styles from "./PipelineGraph.module.css";

type FlowNode = Node<{ node: PipelineNode }, "pipeline">;

const NODE_TYPES = { pipeline: PipelineNodeBox };
const MARGIN = 0.08;

/** Smaller than this it is not made to fit: what is outside can be moved into sight. */
const READABLE_ZOOM = 0.45;
const LABEL_PADDING: [number, number] = [4, 2];

/** The pipelines as they are configured, from left to right; what flows is moving. */
export default function PipelineGraph({ overview }: { overview: Overview }) {
  const colorScheme = useComputedColorScheme("light");
  const flow = pipelines(overview);
  const key = shape(flow);
  // The layout depends on the graph's shape alone, not on its numbers.
  const places = useMemo(() => layout(flow), [key]);
  const nodes = flow.nodes.map(
    (node): FlowNode => ({
      id: node.id,
      type: "pipeline",
      position: places.get(node.id) ?? { x: 0, y: 0 },
      width: NODE_WIDTH,
      height: NODE_HEIGHT,
      data: { node },
    }),
  );
  const edges = flow.edges.map(
    (edge): Edge => ({
      id: edge.id,
      source: edge.from,
      target: edge.to,
      ...look(edge.flow),
    }),
  );
  return (
    <div className={styles["graph"]}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={colorScheme}
        fitView
        fitViewOptions={{ padding: MARGIN, minZoom: READABLE_ZOOM, maxZoom: 1 }}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        onlyRenderVisibleElements
        preventScrolling={false}
        aria-label={text.pipelines}
      >
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

/** What is most telling of a connector, in the width of a node. */
function facts({ lag, recordsPerSecond = 0, type }: ConnectorSummary): string {
  if (lag > 0) {
    return `${count(lag)} ${text.waiting}`;
  }
  return recordsPerSecond > 0 ? rate(recordsPerSecond) : type;
}

/** What an edge says: how much flows, and how much waits. */
function look(flow: Flow | undefined): Partial<Edge> {
  const perSecond = flow?.recordsPerSecond ?? 0;
  const lag = flow?.lag ?? 0;
  const words = [
    ...(perSecond > 0 ? [rate(perSecond)] : []),
    ...(lag > 0 ? [`${count(lag)} ${text.waiting}`] : []),
  ];
  return {
    animated: perSecond > 0,
    ...(words.length > 0 && {
      label: words.join(" · "),
      labelShowBg: true,
      labelBgPadding: LABEL_PADDING,
      labelBgBorderRadius: 4,
    }),
  };
}

function PipelineNodeBox({ data: { node } }: NodeProps<FlowNode>) {
  return (
    <>
      <Handle type="target" position={Position.Left} isConnectable={false} />
      {node.kind === "connector" ? (
        <Link
          to="/ui/connectors/$connector"
          params={{ connector: node.connector.name }}
          className={`${styles["node"]} nopan`}
        >
          <span className={styles["name"]}>{node.connector.name}</span>
          <span className={styles["facts"]}>
            <State state={node.connector.state} />
            <span className={styles["number"]}>{facts(node.connector)}</span>
          </span>
        </Link>
      ) : (
        <Link
          to="/ui/topics/$topic"
          params={{ topic: node.topic }}
          className={`${styles["node"]} ${styles["topic"]} nopan`}
        >
          <span className={styles["name"]}>{node.topic}</span>
          <span className={styles["facts"]}>{rate(node.summary?.recordsPerSecond)}</span>
        </Link>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
