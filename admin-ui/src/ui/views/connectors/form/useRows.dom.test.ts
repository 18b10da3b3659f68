import { act, renderHook } from "@testing-library/react";
import { useState } from "react";
import { describe, expect, it } from "vitest";
import { useRows } from "./useRows";

const rowsOf = (start: Record<string, unknown> | undefined) =>
  renderHook(() => {
    const [map, setMap] = useState(start);
    return { ...useRows(map, setMap), map, setMap };
  }).result;

describe("the rows of a map", () => {
  it("stay apart while a name is typed that is that of another for a moment", () => {
    const result = rowsOf({ acks: "all", b: "1" });
    act(() => result.current.write([["acks", "all"], ["acks", "1"]]));
    expect(result.current.rows).toHaveLength(2);
    expect(result.current.isTaken(1)).toBe(true);
    expect(result.current.map).toEqual({ acks: "all", b: "1" });
    act(() => result.current.write([["acks", "all"], ["acks.x", "1"]]));
    expect(result.current.map).toEqual({ acks: "all", "acks.x": "1" });
  });

  it("follow what is written elsewhere", () => {
    const result = rowsOf({ a: "1" });
    act(() => result.current.setMap({ a: "2", c: "3" }));
    expect(result.current.rows).toEqual([["a", "2"], ["c", "3"]]);
    act(() => result.current.write([]));
    expect(result.current.map).toBeUndefined();
    expect(result.current.rows).toEqual([]);
  });
});
