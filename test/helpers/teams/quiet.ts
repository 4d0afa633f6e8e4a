/** Holds a whole file of tests to it that nothing is printed: SDKs print keys and tokens where nobody looks. */
import { afterEach, beforeEach, expect, type MockInstance, vi } from "vitest";

/** Each test of the file fails that lets something be written to the console or to either output. */
export function expectQuiet(): void {
  let spies: readonly MockInstance[] = [];
  beforeEach(() => {
    const outputs = [process.stdout, process.stderr].map((output) => vi.spyOn(output, "write"));
    const names = ["log", "info", "warn", "error", "debug", "trace"] as const;
    spies = [...outputs, ...names.map((name) => vi.spyOn(console, name))];
  });
  afterEach(() => {
    const printed = spies.flatMap(({ mock }) => mock.calls);
    for (const spy of spies) spy.mockRestore();
    expect(printed).toEqual([]);
  });
}
