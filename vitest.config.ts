/** Tests run in Node alone; those that need a browser open one themselves, from test/peers. */
import { defineConfig } from "vitest/config";

export default defineConfig({
  test: {
    environment: "node",
    // Much of the time goes by in waiting: for a browser, a child process, a clock.
    maxWorkers: 3,
    // Files share what they load: the assistant and the SDKs take seconds each, and nothing of a file outlives it elsewhere.
    isolate: false,
    include: ["test/**/*.test.ts"],
    exclude: ["**/node_modules/**"],
    // Child processes and the browser start slowly when both cores are busy.
    testTimeout: 30_000,
    hookTimeout: 60_000,
  },
});
