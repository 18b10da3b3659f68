import { describe, expect, it } from "vitest";
import type { TableSnapshot } from "../../api/schema";
import { inWords, percent } from "./progress";

const table = (part: Partial<TableSnapshot>): TableSnapshot => ({
  table: "public.orders",
  reason: "initial",
  status: "reading",
  rows: 1200,
  ...part,
});

describe("the progress of a table", () => {
  it("is measured by the database's estimate, and full only when it is done", () => {
    expect(percent(table({ estimatedRows: 5000 }))).toBe(24);
    expect(percent(table({ estimatedRows: 1000 }))).toBe(99);
    expect(percent(table({ status: "done", estimatedRows: 5000 }))).toBe(100);
  });

  it("is unknown without an estimate, unless nothing has come", () => {
    expect(percent(table({}))).toBeUndefined();
    expect(percent(table({ status: "waiting", rows: 0 }))).toBe(0);
  });

  it("is told in words", () => {
    expect(inWords(table({ estimatedRows: 5000 }))).toBe("1,200 of about 5,000 rows, being read");
    expect(inWords(table({ estimatedRows: 1000 }))).toBe("1,200 of about 1,200 rows, being read");
    expect(inWords(table({ status: "done", estimatedRows: 5000 }))).toBe("1,200 rows, done");
    expect(inWords(table({ status: "failed", rows: 0 }))).toBe("0 rows, failed");
  });
});
