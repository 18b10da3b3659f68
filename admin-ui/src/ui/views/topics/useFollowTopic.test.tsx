import { QueryClient, QueryClientProvider, useQuery } from "@tanstack/react-query";
import { act, renderHook, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { overviewQuery, topicQuery } from "../../api/queries";
import type { Overview, TopicSummary } from "../../api/schema";
import { useFollowTopic } from "./queries";

afterEach(() => vi.unstubAllGlobals());

const overview = (orders: number, others: number) =>
  ({
    topics: [
      { name: "orders", records: orders },
      { name: "others", records: others },
    ] as TopicSummary[],
  }) as Overview;

it("asks for a topic again when overviews tell that it has changed, and only then", async () => {
  let asked = 0;
  vi.stubGlobal("fetch", () => {
    asked += 1;
    return Promise.resolve(new Response(JSON.stringify({ name: "orders" })));
  });
  const cache = new QueryClient();
  const tell = (orders: number, others: number) =>
    act(() => void cache.setQueryData(overviewQuery.queryKey, overview(orders, others)));
  tell(1, 1);
  renderHook(
    () => {
      useFollowTopic("orders");
      return useQuery(topicQuery("orders"));
    },
    {
      wrapper: ({ children }) => (
        <QueryClientProvider client={cache}>{children}</QueryClientProvider>
      ),
    },
  );
  await waitFor(() => expect(asked).toBe(1));
  tell(1, 2);
  await new Promise((resolve) => setTimeout(resolve, 50));
  expect(asked).toBe(1);
  tell(2, 2);
  await waitFor(() => expect(asked).toBe(2));
});
