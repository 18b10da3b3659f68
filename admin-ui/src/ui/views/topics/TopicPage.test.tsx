import { screen } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import { showAt } from "../../testing/render";
import { recordSearch } from "./search";
import { TopicPage } from "./TopicPage";

afterEach(() => vi.unstubAllGlobals());

const topic = { name: "orders", partitions: 1, partitionDetails: [], internal: false };
const problem = { detail: "There is no topic 'orders'." };

const answer = (status: number, body: unknown, type = "application/json") =>
  Promise.resolve(new Response(JSON.stringify(body), { status, headers: { "Content-Type": type } }));

it("says that the topic is gone when overviews tell so, and offers nothing to do with it", async () => {
  let tell: (overview: Response) => void = () => {};
  let isDeleted = false;
  vi.stubGlobal("fetch", (url: string) => {
    if (url.endsWith("/overview")) {
      return new Promise<Response>((resolve) => {
        tell = resolve;
      });
    }
    if (!url.endsWith("/topics/orders")) {
      return new Promise(() => {});
    }
    return isDeleted ? answer(404, problem, "application/problem+json") : answer(200, topic);
  });
  await showAt("/ui/topics/orders?tab=clients", {
    path: "/ui/topics/$topic",
    validateSearch: recordSearch,
    component: TopicPage,
  });
  await screen.findByRole("button", { name: "Write a record" });

  isDeleted = true;
  tell(await answer(200, { topics: [], connectors: [], groups: [] }));
  await screen.findByText(/The topic is gone/);
  expect(screen.queryByRole("button", { name: "Write a record" })).toBeNull();
  expect(screen.getByRole("tab", { name: "Clients" })).toBeTruthy();
});
