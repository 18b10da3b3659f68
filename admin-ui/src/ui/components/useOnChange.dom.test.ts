import { renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { useOnChange } from "./useOnChange";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("acts on changes, not too often, and after the last one", () => {
  let acts = 0;
  const { rerender, unmount } = renderHook(
    ({ value }) => useOnChange(value, () => void acts++, 1_000),
    { initialProps: { value: 0 } },
  );
  vi.advanceTimersByTime(5_000);
  expect(acts).toBe(0);
  rerender({ value: 1 });
  vi.advanceTimersByTime(1);
  expect(acts).toBe(1);
  for (let value = 2; value < 12; value += 1) {
    rerender({ value });
    vi.advanceTimersByTime(90);
  }
  expect(acts).toBe(1);
  vi.advanceTimersByTime(1_000);
  expect(acts).toBe(2);
  rerender({ value: 99 });
  unmount();
  vi.advanceTimersByTime(5_000);
  expect(acts).toBe(2);
});
