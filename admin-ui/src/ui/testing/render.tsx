import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { cleanup, render } from "@testing-library/react";
import { type ReactNode, useState } from "react";
import { afterEach } from "vitest";

afterEach(cleanup);

/** What every view shares, with a cache of its own and without transitions. */
export function Providers({ children }: { children: ReactNode }) {
  const [queries] = useState(
    () => new QueryClient({ defaultOptions: { queries: { retry: false } } }),
  );
  return (
    <MantineProvider env="test">
      <QueryClientProvider client={queries}>{children}</QueryClientProvider>
    </MantineProvider>
  );
}

/** Renders within what every view shares. */
export function show(ui: ReactNode) {
  return render(ui, { wrapper: Providers });
}

/** As `show`, for what holds links to views. */
export async function showWithLinks(ui: ReactNode) {
  const root = createRootRoute({ component: () => ui });
  const router = createRouter({ routeTree: root, history: createMemoryHistory() });
  await router.load();
  return show(<RouterProvider router={router as never} />);
}
