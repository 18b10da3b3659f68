import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, renderHook } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { overviewQuery } from "../../api/queries";
import { connector, overviewOf } from "../overview/example";
import { useFreshness } from "./DeadLettersPage";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

it("asks for the topics when more is set aside, in a flood only now and then", () => {
  const cache = new QueryClient();
  const asked = vi.spyOn(cache, "invalidateQueries").mockResolvedValue();
  const wait = (millis: number) => act(() => void vi.advanceTimersByTime(millis));
  const tell = (rejected: number) => {
    const overview = overviewOf([connector("sink", { rejected })], []);
    act(() => void cache.setQueryData(overviewQuery.queryKey, overview));
    wait(1);
    wait(999);
  };
  tell(0);
  renderHook(useFreshness, {
    wrapper: ({ children }) => <QueryClientProvider client={cache}>{children}</QueryClientProvider>,
  });
  tell(0);
  expect(asked).toHaveBeenCalledTimes(0);
  tell(1);
  expect(asked).toHaveBeenCalledTimes(1);
  for (let second = 2; second <= 20; second += 1) {
    tell(second);
  }
  expect(asked.mock.calls.length).toBeLessThan(6);
});
