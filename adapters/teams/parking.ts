/** Reminders of a person whose app has gone: they stop when it goes, and go on when it is installed again. */
import { named } from "#src/log.ts";
import type { Installed } from "./activity.ts";
import { personId } from "./read.ts";
import type { Tools } from "./tools.ts";

/** Why a message of our own accord can never be brought: codes of ours, each with its words in src/reminders/desk/say.ts. */
export const gone = {
  uninstalled: "uninstalled",
  notInstalled: "not_installed",
  blocked: "bot_blocked",
  noConversation: "conversation_gone",
  unauthorised: "unauthorised",
} as const;

/** The app was removed. Rejects where Teams should tell it again. */
export async function park(removed: Installed, { reminders, remember }: Tools): Promise<void> {
  await remember.erase(removed);
  const { from, where } = removed;
  if (where.kind === "personal") await reminders.park({ person: personId(from) }, gone.uninstalled);
}

/** The app is there again: what had stopped for want of it goes on. Never rejects. */
export async function unpark({ from, where }: Installed, { reminders, log }: Tools): Promise<void> {
  if (where.kind !== "personal") return;
  try {
    await reminders.unpark({ person: personId(from) }, Object.values(gone));
  } catch (error) {
    log({ level: "warn", event: "teams.reminders.not-resumed", ...named(error) });
  }
}
