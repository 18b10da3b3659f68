import react from "@vitejs/plugin-react";
import { defineConfig } from "vitest/config";

// Built into Maven's output folder, from where the gateway serves it at "/".
export default defineConfig({
  root: "src/ui",
  plugins: [react()],
  build: {
    outDir: "../../target/classes/META-INF/resources",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
  },
  server: { host: "127.0.0.1", proxy: { "/api": "http://127.0.0.1:8080" } },
  test: { environment: "node", include: ["**/*.test.{ts,tsx}"] },
});
