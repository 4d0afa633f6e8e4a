/** Reminders for tests of the door alone: there are none, or what a test says; and nothing is ever kept. */
import type { KeptReminders } from "#src/doors/core.ts";
import type { Settle } from "#src/reminders/desk/settle.ts";
import type { Whose } from "#src/reminders/store.ts";
import type { Reply } from "#src/reply.ts";

/** A note with these words. */
export const noteOf = (say: string, more: Partial<Extract<Reply, { kind: "note" }>> = {}): Reply => ({
  kind: "note",
  why: "reminder-done",
  say,
  asides: [],
  buttons: [],
  ...more,
});

/** Changes nothing of a reply. */
export const settleNothing: Settle = async (_turn, { reply }) => reply;

/** A person without reminders; what is asked of it is noted in `asked`. */
export function noReminders(): KeptReminders & { readonly asked: (readonly string[])[] } {
  const asked: (readonly string[])[] = [];
  const note =
    (what: string) =>
    async (...words: readonly (string | readonly string[] | Whose)[]) => {
      asked.push([what, ...words.flatMap((word) => (typeof word === "object" ? Object.values(word) : word)).flat()]);
      return 0;
    };
  return {
    asked,
    mine: async () => noteOf("You have no reminders."),
    forget: note("forget"),
    park: note("park"),
    unpark: note("unpark"),
  };
}
