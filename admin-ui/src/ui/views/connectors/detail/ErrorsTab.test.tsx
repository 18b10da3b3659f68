import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { act, render } from "@testing-library/react";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { Connector } from "../../../api/schema";
import { connector as summary } from "../../overview/example";
import { ErrorsTab } from "./ErrorsTab";

beforeEach(() => {
  vi.useFakeTimers();
  vi.stubGlobal("fetch", () => new Promise(() => {}));
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

it("asks for errors when there are more, in a flood only now and then", () => {
  const cache = new QueryClient();
  const asked = vi.spyOn(cache, "invalidateQueries").mockResolvedValue();
  const tab = (rejected: number) => (
    <MantineProvider env="test">
      <QueryClientProvider client={cache}>
        <ErrorsTab connector={summary("sink", { rejected }) as Connector} />
      </QueryClientProvider>
    </MantineProvider>
  );
  const { rerender } = render(tab(0));
  const tell = (rejected: number) => {
    rerender(tab(rejected));
    act(() => void vi.advanceTimersByTime(500));
  };
  tell(0);
  expect(asked).toHaveBeenCalledTimes(0);
  tell(1);
  expect(asked).toHaveBeenCalledTimes(1);
  for (let half = 2; half <= 20; half += 1) {
    tell(half);
  }
  expect(asked.mock.calls.length).toBeLessThan(8);
});
