import { act, screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import axe from "axe-core";
import { beforeEach, describe, expect, it, vi } from "vitest";
import type { Capture } from "../../api/schema";
import { show } from "../../testing/render";
import { FakeStream, fakeStreams } from "../../testing/streams";
import { useLiveConnector } from "../connectors/detail/useLiveConnector";
import { CapturePanel } from "./CapturePanel";

const STATE: Capture = {
  connector: "shop",
  target: "STARTED",
  state: "RUNNING",
  capture: {
    phase: "streaming",
    tables: ["public.customers", "public.orders"],
    snapshots: [
      { table: "public.orders", reason: "requested", status: "reading", rows: 500, estimatedRows: 1000 },
    ],
    position: "0/1A2B",
    lastChangeAt: "2026-05-01T12:00:00Z",
    lastEventAt: "2026-05-01T12:00:29Z",
    slot: {
      name: "sluice_shop",
      active: true,
      lagBytes: 2048,
      retainedBytes: 4096,
      status: "reserved",
      at: "2026-05-01T12:00:20Z",
    },
  },
};

fakeStreams();

/** As a connector's page shows it. */
function Panel() {
  useLiveConnector("shop");
  return <CapturePanel connector="shop" />;
}

const requests: string[] = [];

/** What time it is for the gateway. */
let now = "";

function answer(status: number, body: unknown) {
  vi.stubGlobal("fetch", (path: string, init: RequestInit = {}) => {
    requests.push(`${init.method ?? "GET"} ${path} ${String(init.body ?? "")}`.trim());
    return Promise.resolve(
      new Response(JSON.stringify(path === "/api/v1/overview" ? { time: now } : body), {
        status,
        headers: { "Content-Type": "application/json" },
      }),
    );
  });
}

beforeEach(() => {
  requests.length = 0;
  now = "2026-05-01T12:00:30Z";
});

describe("the capture panel", () => {
  it("shows how far a capture is, and goes on by events", async () => {
    answer(200, STATE);
    const { container } = show(<Panel />);
    await screen.findByText("Following changes");
    expect(screen.getByText("500 of about 1,000 rows, being read")).toBeTruthy();
    expect(screen.getByText(/2 KiB/)).toBeTruthy();
    expect(screen.getByText("0/1A2B")).toBeTruthy();
    await waitFor(() => expect(container.textContent).toContain("30 s ago"));
    const { violations } = await axe.run(container, {
      rules: { "color-contrast": { enabled: false }, region: { enabled: false } },
    });
    expect(violations.map((violation) => violation.id)).toEqual([]);

    const next = structuredClone(STATE);
    next.capture!.position = "0/FFFF";
    expect(FakeStream.opened.map(({ url }) => url)).toEqual(["/api/v1/connectors/shop/stream"]);
    act(() => FakeStream.last.tell("capture", next));
    await screen.findByText("0/FFFF");
  });

  it("says how long ago the newest change was, also while the capture tells nothing new", async () => {
    now = "2026-05-01T12:10:00Z";
    answer(200, STATE);
    const { container } = show(<CapturePanel connector="shop" />);
    await waitFor(() => expect(container.textContent).toContain("10 min ago"));
  });

  it("pauses, and asks for snapshots", async () => {
    answer(200, STATE);
    show(<CapturePanel connector="shop" />);
    const user = userEvent.setup();
    await user.click(await screen.findByRole("button", { name: "Pause" }));
    expect(requests).toContain("PUT /connectors/shop/pause");
    const tables = screen.getByRole("combobox", { name: "Tables" });
    await user.click(tables);
    expect(screen.getAllByRole("option").map((option) => option.textContent)).toEqual([
      "public.customers",
      "public.orders",
    ]);
    await user.type(tables, "parts{Enter}");
    await user.click(screen.getByRole("button", { name: "Ask for a snapshot" }));
    expect(requests).toContain(
      'POST /api/v1/connectors/shop/capture/snapshots {"tables":["parts"]}',
    );
    await screen.findByText(/The request is durable/);
  });

  it("says so where nothing is captured, or nothing known yet", async () => {
    answer(404, { code: "no-capture", detail: "It captures nothing." });
    show(<CapturePanel connector="plain" />);
    await screen.findByText("No changes are captured here.");
    const { capture: unused, ...unknown } = STATE;
    answer(200, { ...unknown, state: "STOPPED", target: "STOPPED" });
    show(<CapturePanel connector="stopped" />);
    await screen.findByText("It has not connected yet.");
    await screen.findByRole("button", { name: "Resume" });
  });
});
