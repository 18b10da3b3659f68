import { afterEach, expect, it, vi } from "vitest";
import { createConnector, saveConnector } from "./api";

afterEach(() => vi.unstubAllGlobals());

it("who makes a connector changes none that is there; who changes one, what they saw", async () => {
  const sent: RequestInit[] = [];
  vi.stubGlobal("fetch", (_: string, init: RequestInit) => {
    sent.push(init);
    return Promise.resolve(new Response("{}"));
  });
  await createConnector("shop", { sink: "console" });
  await saveConnector("shop", { sink: "console" }, '"5f3c"');
  expect(sent.map(({ method }) => method)).toEqual(["PUT", "PUT"]);
  expect(sent[0]?.headers).toMatchObject({ "If-None-Match": "*" });
  expect(sent[1]?.headers).not.toHaveProperty("If-None-Match");
  expect(sent[1]?.headers).toMatchObject({ "If-Match": '"5f3c"' });
});
