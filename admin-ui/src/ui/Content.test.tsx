import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, it } from "vitest";
import { Content } from "./App";
import { ago, count, rate, size } from "./format";
import type { Overview } from "./overview";

const overview: Overview = {
  time: "2026-01-01T00:02:00Z",
  topics: [
    {
      name: "orders",
      internal: false,
      partitions: 6,
      records: 12345,
      recordsPerSecond: 12.34,
      sizeBytes: 2048,
      offline: ["orders-3: bad checksum"],
    },
    { name: "_events", internal: true, partitions: 1, records: 7, sizeBytes: 10, offline: [] },
  ],
  connectors: [
    {
      name: "warehouse",
      kind: "sink",
      type: "jdbc",
      target: "STARTED",
      state: "FAILED",
      since: "2026-01-01T00:00:30Z",
      error: {
        code: "connection-refused",
        category: "external",
        message: "The database does not answer.",
        suggestion: "Start it.",
        attempts: 3,
      },
      tasks: 1,
      records: 10,
      bytes: 100,
      rejected: 2,
      restarts: 3,
      lag: 40,
    },
  ],
};

const page = (props: Parameters<typeof Content>[0]) => renderToStaticMarkup(<Content {...props} />);

describe("the page", () => {
  it("says that it is loading, and when nothing answers", () => {
    expect(page({ overview: null, connection: "connecting" })).toContain("Loading");
    expect(page({ overview: null, connection: "lost" })).toContain("does not answer");
  });

  it("says what to do when there is nothing yet", () => {
    const html = page({ overview: { ...overview, topics: [], connectors: [] }, connection: "live" });
    expect(html).toContain("No connectors yet");
    expect(html).toContain("No topics yet");
  });

  it("shows a failed connector with its error, the cure, and since when", () => {
    const html = page({ overview, connection: "live" });
    expect(html).toContain("1 connector has failed");
    expect(html).toContain("The database does not answer.");
    expect(html).toContain("Start it.");
    expect(html).toContain(">1 min</time>");
  });

  it("shows topics with rate and size, and what is offline", () => {
    const html = page({ overview, connection: "live" });
    expect(html).toContain("12,345");
    expect(html).toContain("12/s");
    expect(html).toContain("2 KiB");
    expect(html).toContain("orders-3: bad checksum");
    expect(html).toContain("own topics (1)");
  });

  it("keeps showing the last facts when the connection is lost, and says so", () => {
    const html = page({ overview, connection: "lost" });
    expect(html).toContain("connection is lost");
    expect(html).toContain("warehouse");
  });
});

describe("numbers", () => {
  it("are written for people", () => {
    expect(count(1234567)).toBe("1,234,567");
    expect(rate(undefined)).toBe("–");
    expect(rate(0.25)).toBe("0.3/s");
    expect(size(0)).toBe("0 B");
    expect(size(1536)).toBe("1.5 KiB");
    expect(size(5 * 1024 ** 4)).toBe("5 TiB");
    expect(ago("2026-01-01T00:00:00Z", "2026-01-03T01:00:00Z")).toBe("2 d");
    expect(ago("2026-01-01T00:00:05Z", "2026-01-01T00:00:00Z")).toBe("0 s");
  });
});
