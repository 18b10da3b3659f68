import { describe, expect, it } from "vitest";
import { connector, overviewOf, topic } from "./example";
import { layout, pipelines, shape } from "./graph";

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

  it("are laid out from left to right", () => {
    const places = layout(pipelines(overview));
    const x = (id: string) => places.get(id)?.x ?? Number.NaN;
    expect(x("connector:shop")).toBeLessThan(x("topic:orders"));
    expect(x("topic:orders")).toBeLessThan(x("connector:hot"));
    expect(x("connector:hot")).toBeLessThan(x("topic:alerts"));
    expect(x("topic:alerts")).toBeLessThan(x("connector:archive"));
  });
});
