import { describe, expect, it } from "vitest";
import { connector, overviewOf, topic } from "./example";
import { layout, NODE_HEIGHT, NODE_WIDTH, pipelines, shape, viewportOf } from "./graph";

const shop = connector("shop", { writes: ["orders"] });
const hot = connector("hot", { kind: "rule", reads: ["orders"], writes: ["alerts"] });
const archive = connector("archive", { kind: "sink", reads: ["orders", "alerts"] });
const overview = overviewOf([shop, hot, archive], [topic("orders"), topic("alerts"), topic("lone")]);

describe("pipelines", () => {
  it("lead from sources over topics to sinks, and know nothing of topics that nobody touches", () => {
    const { nodes, edges } = pipelines(overview);
    expect(nodes.map((node) => node.id).sort()).toEqual([
      "connector:archive",
      "connector:hot",
      "connector:shop",
      "topic:alerts",
      "topic:orders",
    ]);
    expect(edges.map((edge) => edge.id).sort()).toEqual([
      "connector:hot>topic:alerts",
      "connector:shop>topic:orders",
      "topic:alerts>connector:archive",
      "topic:orders>connector:archive",
      "topic:orders>connector:hot",
    ]);
  });

  it("show a topic that is declared but not there yet", () => {
    const { nodes } = pipelines(overviewOf([shop], []));
    expect(nodes).toContainEqual({
      id: "topic:orders",
      kind: "topic",
      topic: "orders",
      summary: undefined,
    });
  });

  it("keep their places while only numbers change", () => {
    const busy = overviewOf([{ ...shop, records: 99, state: "FAILED" }, hot, archive], []);
    expect(shape(pipelines(busy))).toBe(shape(pipelines(overview)));
    expect(shape(pipelines(overviewOf([shop], [])))).not.toBe(shape(pipelines(overview)));
  });

  it("show which edges have come to a stop with their connector", () => {
    const { edges } = pipelines(overviewOf([{ ...hot, state: "FAILED" }, archive], []));
    expect(edges.filter((edge) => edge.isFailed).map((edge) => edge.id)).toEqual([
      "topic:orders>connector:hot",
      "connector:hot>topic:alerts",
    ]);
  });

  it("are laid out from left to right", () => {
    const places = layout(pipelines(overview));
    const x = (id: string) => places.get(id)?.x ?? Number.NaN;
    expect(x("connector:shop")).toBeLessThan(x("topic:orders"));
    expect(x("topic:orders")).toBeLessThan(x("connector:hot"));
    expect(x("connector:hot")).toBeLessThan(x("topic:alerts"));
    expect(x("topic:alerts")).toBeLessThan(x("connector:archive"));
  });
});

describe("what is shown of the graph first", () => {
  const wide = new Map([
    ["a", { x: 40, y: 10 }],
    ["b", { x: 1_040, y: 210 }],
  ]);

  it("is all of it, in the middle, where there is room", () => {
    const { x, y, zoom } = viewportOf(wide, { width: 2_000, height: 1_000 });
    expect(zoom).toBe(1);
    expect((40 + 1_040 + NODE_WIDTH) / 2 + x).toBe(1_000);
    expect((10 + 210 + NODE_HEIGHT) / 2 + y).toBe(500);
  });

  it("is its left edge where it could not be read else, as on a phone", () => {
    const { x, zoom } = viewportOf(wide, { width: 340, height: 400 });
    expect(zoom).toBe(0.45);
    expect(40 * zoom + x).toBe(24);
  });

  it("is made smaller only as far as it has to be", () => {
    const { x, zoom } = viewportOf(wide, { width: 1_000, height: 1_000 });
    expect(zoom).toBeLessThan(1);
    expect(40 * zoom + x).toBeGreaterThanOrEqual(24);
    expect((1_040 + NODE_WIDTH) * zoom + x).toBeLessThanOrEqual(1_000 - 23.9);
  });
});
