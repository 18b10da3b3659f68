import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { overviewQuery, topicQuery } from "../../../api/queries";
import type { ConnectorSummary, Overview } from "../../../api/schema";
import { offsetsQuery } from "./offsets";
import { useFollowPositions } from "./useFollowPositions";

afterEach(() => vi.unstubAllGlobals());

it("asks for positions again while overviews tell that a running connector carries", async () => {
  let asked = 0;
  vi.stubGlobal("fetch", () => {
    asked += 1;
    return Promise.resolve(new Response('{"offsets": []}'));
  });
  const cache = new QueryClient();
  const tell = (records: number) =>
    act(() =>
      cache.setQueryData(overviewQuery.queryKey, {
        connectors: [{ name: "shop", records } as unknown as ConnectorSummary],
      } as Overview),
    );
  tell(1);
  const { rerender } = renderHook(
    ({ isRunning }) => {
      useFollowPositions("shop", 1, isRunning);
      return useQuery(offsetsQuery("shop"));
    },
    {
      initialProps: { isRunning: true },
      wrapper: ({ children }) => (
        <QueryClientProvider client={cache}>{children}</QueryClientProvider>
      ),
    },
  );
  await waitFor(() => expect(asked).toBe(1));
  tell(2);
  await waitFor(() => expect(asked).toBe(2));

  rerender({ isRunning: false });
  await waitFor(() => expect(asked).toBe(3), { timeout: 4_000 });
  tell(3);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked).toBe(3);
});

it("asks for many topics less often than for positions", async () => {
  const asked = { positions: 0, topics: 0 };
  vi.stubGlobal("fetch", (url: string) => {
    asked[url.includes("/topics/") ? "topics" : "positions"] += 1;
    return Promise.resolve(new Response('{"offsets": []}'));
  });
  const cache = new QueryClient();
  const tell = (records: number) =>
    act(() =>
      cache.setQueryData(overviewQuery.queryKey, {
        connectors: [{ name: "shop", records } as unknown as ConnectorSummary],
      } as Overview),
    );
  tell(1);
  renderHook(
    () => {
      useFollowPositions("shop", 500, true);
      useQuery(topicQuery("orders"));
      return useQuery(offsetsQuery("shop"));
    },
    {
      wrapper: ({ children }) => (
        <QueryClientProvider client={cache}>{children}</QueryClientProvider>
      ),
    },
  );
  await waitFor(() => expect(asked).toEqual({ positions: 1, topics: 1 }));
  tell(2);
  await waitFor(() => expect(asked).toEqual({ positions: 2, topics: 2 }));
  tell(3);
  await waitFor(() => expect(asked).toEqual({ positions: 3, topics: 2 }), { timeout: 4_000 });
});
