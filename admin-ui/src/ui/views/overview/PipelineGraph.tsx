import "@xyflow/react/dist/style.css";
import { Badge, useComputedColorScheme } from "@mantine/core";
import {
  Controls,
  type Edge,
  Handle,
  type Node,
  type NodeProps,
  Position,
  ReactFlow,
  useReactFlow,
  useStore,
} from "@xyflow/react";
import { Link } from "@tanstack/react-router";
import { useEffect, useMemo } from "react";
import type { Overview } from "../../api/schema";
import { rate } from "../../components/format";
import { State } from "../../components/State";
import { overview as text } from "../../text/en/overview";
import {
  layout,
  NODE_HEIGHT,
  NODE_WIDTH,
  type PipelineEdge,
  type PipelineNode,
  type Places,
  pipelines,
  shape,
  viewportOf,
} from "./graph";
import styles from "./PipelineGraph.module.css";
import { facts, flowWords } from "./words";

type FlowNode = Node<{ node: PipelineNode }, "pipeline">;

const NODE_TYPES = { pipeline: PipelineNodeBox };
const FAILED = { stroke: "var(--mantine-color-red-filled)" };
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
      ...look(edge),
    }),
  );
  return (
    <div className={styles["graph"]}>
      <ReactFlow
        nodes={nodes}
        edges={edges}
        nodeTypes={NODE_TYPES}
        colorMode={colorScheme}
        minZoom={0.1}
        nodesDraggable={false}
        nodesConnectable={false}
        nodesFocusable={false}
        edgesFocusable={false}
        onlyRenderVisibleElements
        preventScrolling={false}
        aria-label={text.pipelines}
      >
        <Show graph={key} places={places} />
        <Controls showInteractive={false} />
      </ReactFlow>
    </div>
  );
}

/** How an edge looks: what flows is moving, and what belongs to a failed connector is red. */
function look({ flow, isFailed }: PipelineEdge): Partial<Edge> {
  const words = flowWords(flow);
  return {
    animated: (flow?.recordsPerSecond ?? 0) > 0,
    ...(isFailed && { style: FAILED }),
    ...(words !== "" && {
      label: words,
      labelShowBg: true,
      labelBgPadding: LABEL_PADDING,
      labelBgBorderRadius: 4,
    }),
  };
}

/** Shows the graph from its beginning on whenever it is another one; where it was moved to is kept else. */
function Show({ graph, places }: { graph: string; places: Places }) {
  const { setViewport, viewportInitialized } = useReactFlow();
  const width = useStore((state) => state.width);
  const height = useStore((state) => state.height);
  const isMeasured = viewportInitialized && width > 0 && height > 0;
  useEffect(() => {
    if (isMeasured) {
      void setViewport(viewportOf(places, { width, height }));
    }
    // Another size alone is no reason to move what someone looks at.
  }, [graph, isMeasured]);
  return null;
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
            <span className={styles["number"]} title={facts(node.connector)}>
              {facts(node.connector)}
            </span>
          </span>
        </Link>
      ) : (
        <Link
          to="/ui/topics/$topic"
          params={{ topic: node.topic }}
          className={`${styles["node"]} ${styles["topic"]} nopan`}
        >
          <span className={styles["name"]}>{node.topic}</span>
          <span className={styles["facts"]}>
            {(node.summary?.offline.length ?? 0) > 0 && (
              <Badge color="red" variant="light" tt="none" title={node.summary?.offline.join("\n")}>
                {text.offline}
              </Badge>
            )}
            {rate(node.summary?.recordsPerSecond)}
          </span>
        </Link>
      )}
      <Handle type="source" position={Position.Right} isConnectable={false} />
    </>
  );
}
