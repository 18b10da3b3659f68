import { QueryClient } from "@tanstack/react-query";
import { afterEach, expect, it, vi } from "vitest";
import { offsetsQuery } from "./offsets";

afterEach(() => vi.unstubAllGlobals());

it.runIf("rawJSON" in JSON)("are digit by digit what the connector has stored, also anew", async () => {
  const queries = new QueryClient();
  const at = (offset: string) => `{"offsets":[{"partition":{"file":"a"},"offset":{"at":${offset}}}]}`;
  for (const offset of ["12345678901234567890", "12345678901234567891"]) {
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(at(offset))));
    const found = await queries.fetchQuery({ ...offsetsQuery("shop"), staleTime: 0 });
    expect(JSON.stringify(found)).toBe(at(offset));
    expect(JSON.stringify(queries.getQueryData(offsetsQuery("shop").queryKey))).toBe(at(offset));
  }
});
