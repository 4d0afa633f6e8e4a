/** Tests run in Node alone; those that need a browser open one themselves, from test/peers. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    // Files share what they load: the assistant and the SDKs take seconds each, and nothing of a file outlives it elsewhere.
    isolate: false,
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    // Child processes and the browser start slowly when both cores are busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
