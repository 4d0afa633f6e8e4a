/** Reminders for the person at this computer: the terminal's conversation opens them when they are wanted. */
import { readConfig } from "#src/config.ts";
import { createLog } from "#src/log.ts";
import { storageFrom } from "#src/platform-config.ts";
import { withSecretFiles } from "#src/secret-files.ts";
import type { Assistant } from "./bot.ts";
import { isKept } from "./is-kept.ts";
import { withPurging } from "./purging.ts";
import type { OpenKept } from "./terminal/kept.ts";

/** How the conversation comes to them, once the assistant is open. The settings are read with the first wish. */
export const personalKept = (assistant: Promise<Assistant>): OpenKept => ({
  // What is wrong with the settings is told when they are used.
  isThere: () => isKept(storageFrom(withSecretFiles(process.env, []), [])),
  async open() {
    const { storage, zone } = readConfig(process.env);
    const [{ openKept }, { createSettle }] = await Promise.all([
      import("./kept.ts"),
      import("#src/reminders/desk/settle.ts"),
    ]);
    // Someone is reading this terminal: what went wrong is said there in words, and codes would only stand between them.
    const log = createLog(() => {}, Date.now);
    const { knowledge } = await assistant;
    const kept = withPurging(await openKept({ storage, knowledge, zone, log }), log);
    return { settle: createSettle({ desk: async () => kept.desk, log }), pull: kept.pull, close: kept.close };
  },
});
