import { fileURLToPath } from "node:url";
import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

const gateway = process.env["SLUICE_URL"] ?? "http://127.0.0.1:8080";

// Built into Maven's output folder, from where the gateway serves it.
export default defineConfig({
  root: "src/ui",
  plugins: [react()],
  resolve: {
    alias: {
      "@rjsf/validator-ajv8": fileURLToPath(
        new URL("src/ui/views/connectors/form/onlyValidator.ts", import.meta.url),
      ),
    },
  },
  // The gateway puts a new one in its place for each answer.
  html: { cspNonce: "CSP_NONCE" },
  build: {
    outDir: "../../target/classes/META-INF/resources",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(
      ["^/api/v1/", "^/connector(s|-plugins)\\b", "^/q/"].map((path) => [
        path,
        // It answers no pages of other origins.
        { target: gateway, changeOrigin: true, headers: { origin: gateway } },
      ]),
    ),
  },
  test: {
    projects: [
      {
        extends: true,
        test: {
          name: "functions",
          include: ["**/*.test.ts"],
          exclude: ["**/*.dom.test.ts"],
          environment: "node",
          // They share nothing that changes, and most of their time would go into loading it again.
          isolate: false,
        },
      },
      {
        extends: true,
        test: {
          name: "components",
          include: ["**/*.test.tsx", "**/*.dom.test.ts"],
          environment: "happy-dom",
          setupFiles: ["testing/setup.ts"],
          // As above; what a test renders and replaces it takes away again.
          isolate: false,
        },
      },
    ],
    // Node 20 has this only when it is asked for; browsers and newer Nodes have it.
    execArgv: "rawJSON" in JSON ? [] : ["--harmony-json-parse-with-source"],
    // Generous, since it is only reached by what is broken.
    testTimeout: 30_000,
    // So that the replacement above holds in tests, too.
    server: { deps: { inline: [/@rjsf\//] } },
  },
});
