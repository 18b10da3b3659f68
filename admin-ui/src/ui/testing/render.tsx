import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import {
  createMemoryHistory,
  createRootRoute,
  createRoute,
  createRouter,
  RouterProvider,
} from "@tanstack/react-router";
import { cleanup, render } from "@testing-library/react";
import { createContext, type ReactNode, use, useState } from "react";
import { afterEach } from "vitest";
import { addressSearch } from "../components/address";

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

const Shown = createContext<ReactNode>(null);

/** As `show`, for what holds links to views, or cares for being left. */
export async function showWithLinks(ui: ReactNode) {
  const root = createRootRoute({ component: () => use(Shown) });
  const history = createMemoryHistory();
  const router = createRouter({ routeTree: root, history });
  await router.load();
  const within = (shown: ReactNode) => (
    <Shown value={shown}>
      <RouterProvider router={router as never} />
    </Shown>
  );
  const { rerender, ...others } = show(within(ui));
  return { ...others, history, rerender: (next: ReactNode) => rerender(within(next)) };
}

/** A view by itself: where it is found and what it makes of the address's query. */
export interface RoutedView {
  /** as the router has it, such as "/ui/topics/$topic" */
  path: string;
  validateSearch: (search: Record<string, unknown>) => object;
  component: () => ReactNode;
}

/** Shows a view at an address; answers the history of addresses that it makes. */
export async function showAt(address: string, view: RoutedView) {
  const root = createRootRoute({ notFoundComponent: () => null });
  const route = createRoute({ getParentRoute: () => root, ...view });
  const history = createMemoryHistory({ initialEntries: [address] });
  const routeTree = root.addChildren([route]);
  const router = createRouter({ ...addressSearch, routeTree, history, scrollRestoration: true });
  await router.load();
  show(<RouterProvider router={router as never} />);
  return history;
}
