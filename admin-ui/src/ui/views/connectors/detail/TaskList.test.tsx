import { screen } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import type { Connector, Task } from "../../../api/schema";
import { showWithLinks } from "../../../testing/render";
import { connector as summary } from "../../overview/example";
import { secondsUntil } from "./NextTry";
import { TaskList } from "./TaskList";

// The overview, which tells the gateway's time, is still to come.
beforeEach(() => vi.stubGlobal("fetch", () => new Promise(() => {})));
afterEach(() => vi.unstubAllGlobals());

const NOW = "2026-01-01T00:00:00Z";

const TASK: Task = {
  id: 0,
  state: "FAILED",
  since: NOW,
  records: 1250,
  bytes: 0,
  rejected: 0,
  failures: 4,
  restarts: 0,
  lag: 0,
  trace: "java.net.ConnectException: refused",
  error: {
    code: "connection-refused",
    category: "external",
    message: "The database does not answer.",
    suggestion: "Start it.",
    attempts: 3,
    concerned: { topic: "orders", partition: 2, offset: 42, records: 1 },
  },
};

const withTask = (task: Partial<Task>): Connector => ({
  ...summary("warehouse", { kind: "sink" }),
  capture: false,
  taskDetails: [{ ...TASK, ...task }],
  topics: [],
  config: {},
});

describe("a task in trouble", () => {
  it("says what is wrong, what to do, how often it was tried and which record it concerns", async () => {
    await showWithLinks(<TaskList connector={withTask({})} />);
    expect(screen.getByText("The database does not answer.")).toBeTruthy();
    expect(screen.getByText("Start it.")).toBeTruthy();
    expect(screen.getByText("3 failed attempts in a row")).toBeTruthy();
    expect(screen.getByText("connection-refused")).toBeTruthy();
    const link = screen.getByRole("link", { name: "orders-2@42" });
    expect(link.getAttribute("href")).toBe(
      "/ui/topics/orders?start=offset&partition=2&offset=42",
    );
  });

  it("shows its stack trace when asked", async () => {
    await showWithLinks(<TaskList connector={withTask({})} />);
    const button = screen.getByRole("button", { name: "Show the stack trace" });
    expect(button.getAttribute("aria-expanded")).toBe("false");
    await userEvent.click(button);
    expect(button.getAttribute("aria-expanded")).toBe("true");
    expect(screen.getByText("java.net.ConnectException: refused")).toBeTruthy();
  });

  it("that is not tried again says who can mend that", async () => {
    await showWithLinks(<TaskList connector={withTask({})} />);
    expect(screen.getByText("It is not tried again until someone restarts it.")).toBeTruthy();
  });

  it("shows what the source calls the place", async () => {
    const error = { ...TASK.error!, concerned: undefined, place: { file: "a.csv", line: "7" } };
    await showWithLinks(<TaskList connector={withTask({ error: error as never })} />);
    expect(screen.getByText(/file: a.csv, line: 7/)).toBeTruthy();
  });
});

describe("the time until the next try", () => {
  it("counts whole seconds down to none, as the gateway tells time", () => {
    expect(secondsUntil("2026-01-01T00:00:12Z", NOW)).toBe(12);
    expect(secondsUntil("2026-01-01T00:00:00.200Z", NOW)).toBe(1);
    expect(secondsUntil("2025-12-31T23:59:00Z", NOW)).toBe(0);
  });
});
