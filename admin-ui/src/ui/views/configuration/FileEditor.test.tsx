import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { screen, waitFor } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import type { ConfigFiles } from "../../api/schema";
import { show } from "../../testing/render";
import { FileEditor } from "./FileEditor";
import { configurationSearch } from "./search";

const FILES: ConfigFiles = {
  version: "1",
  files: ["a.yaml", "b.yaml"].map((name) => ({
    name,
    path: `/etc/${name}`,
    text: "topics: {}\n",
    secrets: 0,
  })),
};

beforeEach(() => {
  sessionStorage.clear();
  vi.stubGlobal("fetch", () => Promise.resolve(new Response('{"topics": []}')));
});
afterEach(() => vi.unstubAllGlobals());

it("shows the file that the address names, and names the one that is chosen", async () => {
  const root = createRootRoute();
  const view = createRoute({
    getParentRoute: () => root,
    path: "/ui/configuration",
    validateSearch: configurationSearch,
    component: () => <FileEditor files={FILES} />,
  });
  const history = createMemoryHistory({ initialEntries: ["/ui/configuration?file=b.yaml"] });
  const router = createRouter({ routeTree: root.addChildren([view]), history });
  await router.load();
  show(<RouterProvider router={router as never} />);
  expect(screen.getByText("Loaded from /etc/b.yaml")).toBeTruthy();

  await userEvent.click(screen.getByRole("combobox", { name: "File" }));
  await userEvent.click(screen.getByRole("option", { name: "a.yaml" }));
  await waitFor(() => expect(screen.getByText("Loaded from /etc/a.yaml")).toBeTruthy());
  expect(history.location.search).toBe("?file=a.yaml");
});
