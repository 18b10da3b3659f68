import { act, screen, waitFor } from "@testing-library/react";
import { afterEach, expect, it, vi } from "vitest";
import type { ConfigCheck, ConfigFiles } from "../../api/schema";
import { showAt } from "../../testing/render";
import { FakeStream, fakeStreams } from "../../testing/streams";
import { ConfigurationPage } from "./ConfigurationPage";
import { configurationSearch } from "./search";

const FILES: ConfigFiles = {
  version: "1",
  files: [{ name: "gateway.yaml", path: "/etc/gateway.yaml", text: "topics: {}\n", secrets: 0 }],
};
const PLAN = { server: [], topics: [], connectors: [], conflicts: [] };

fakeStreams();
afterEach(() => vi.unstubAllGlobals());

it("tells when the same files have come into force", async () => {
  let check: ConfigCheck = { problems: [], plan: { ...PLAN, empty: false } };
  vi.stubGlobal("fetch", (url: string) => {
    const found = url.endsWith("/check") ? check : url.endsWith("/files") ? FILES : { topics: [] };
    return Promise.resolve(new Response(JSON.stringify(found)));
  });
  await showAt("/ui/configuration", {
    path: "/ui/configuration",
    validateSearch: configurationSearch,
    component: () => <ConfigurationPage />,
  });
  await screen.findByText("This is not what is in force");

  check = { problems: [], plan: { ...PLAN, empty: true } };
  act(() => FakeStream.last.say({ type: "config.applied" }));
  await waitFor(() => expect(screen.queryByText("This is not what is in force")).toBeNull());
});
