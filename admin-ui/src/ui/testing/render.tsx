import { MantineProvider } from "@mantine/core";
import { QueryClient, QueryClientProvider } from "@tanstack/react-query";
import { cleanup, configure, render } from "@testing-library/react";
import type { ReactNode } from "react";
import { afterEach } from "vitest";

/** Generous, since it is only reached by what is broken. */
const PATIENCE_MILLIS = 15_000;

configure({ asyncUtilTimeout: PATIENCE_MILLIS });
afterEach(cleanup);

/** Renders within what every view shares, with a cache of its own and without transitions. */
export function show(ui: ReactNode) {
  const queries = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  return render(ui, {
    wrapper: ({ children }: { children: ReactNode }) => (
      <MantineProvider env="test">
        <QueryClientProvider client={queries}>{children}</QueryClientProvider>
      </MantineProvider>
    ),
  });
}
