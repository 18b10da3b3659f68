import { screen } from "@testing-library/react";
import { describe, expect, it } from "vitest";
import type { OffsetPlan } from "../../api/schema";
import { show } from "../../testing/render";
import { PlanTable } from "./PlanTable";

const plan = (more: Partial<OffsetPlan>): OffsetPlan => ({
  changes: [],
  unchanged: 0,
  again: 0,
  skipped: 0,
  ...more,
});

describe("a plan that changes nothing", () => {
  it("says that there is nothing to move if the group has no position", () => {
    show(<PlanTable plan={plan({})} />);
    expect(screen.getByText(/has no positions yet/)).toBeTruthy();
  });

  it("says how many partitions stay as they are", () => {
    show(<PlanTable plan={plan({ unchanged: 2 })} />);
    expect(screen.getByText("Nothing would change. Unchanged: 2 partitions.")).toBeTruthy();
  });
});

it("a plan counts what stays in partitions", () => {
  const change = { topic: "t", partition: 0, from: 2, to: 0, startOffset: 0, endOffset: 2 };
  const more = { clamped: false, again: 2, skipped: 0 };
  show(<PlanTable plan={plan({ changes: [{ ...change, ...more }], again: 2, unchanged: 1 })} />);
  expect(screen.getByText("2 records are read again. Unchanged: 1 partition.")).toBeTruthy();
});
