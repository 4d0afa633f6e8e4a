/** A server that watches: a good change is used from the next question on, a bad one is told of and not used. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, expect, test, vi } from "vitest";
import { type Assistant, openAssistant } from "#adapters/bot.ts";
import { shippedFolder } from "./helpers/shipped.ts";

const folder = mkdtempSync(join(tmpdir(), "bearings-"));
let assistant: Assistant | undefined;
afterEach(() => {
  assistant?.stop();
  rmSync(folder, { recursive: true, force: true });
});

const deadline = { timeout: 20_000, interval: 100 };

test("keeps the last good set through a change with errors, and takes the next good one", async () => {
  const file = join(folder, "vocabulary.yaml");
  writeFileSync(file, "- concept: local-a\n  says: [zorb]\n");
  const told: string[] = [];
  assistant = await openAssistant([shippedFolder, folder], (line) => told.push(line));
  const before = assistant.knowledge().version;

  writeFileSync(file, "- concept: [");
  await vi.waitFor(() => expect(told.join("\n")).toContain("the last good set is still in use"), deadline);
  expect(assistant.knowledge().version).toBe(before);

  writeFileSync(file, "- concept: local-b\n  says: [zorb]\n");
  await vi.waitFor(() => expect(assistant?.knowledge().version).not.toBe(before), deadline);
});
