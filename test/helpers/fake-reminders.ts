/** Reminders for tests of doors: a settle that says what it was asked, and a pull that brings what the test puts in. */

import type { Settle } from "#src/reminders/desk/settle.ts";
import type { Pull } from "#src/reminders/dispatch/pull.ts";
import type { Button, Reply, Respond } from "#src/reply.ts";
import { type Place, reveal, type Said, type Turn, userText } from "#src/turn.ts";
import { replies } from "./replies.ts";
import { scripted } from "./scripted.ts";

const note = (why: string, say: string, buttons: readonly Button[] = []): Reply => ({
  kind: "note",
  why,
  say,
  asides: [],
  buttons,
});

const typedIn = (said: Said): readonly string[] => {
  if (said.kind === "text") return [reveal(said.text)];
  return said.kind === "filled" ? Object.values(said.fields).map(reveal) : [];
};

/** As `scripted`. What begins with "remind", and what comes from a reminder's button or form, is a wish; "crisis" in a field is danger. */
export const wishing: Respond = (turn) => {
  const { said } = turn;
  if (typedIn(said).includes("crisis")) return scripted({ ...turn, said: { kind: "text", text: userText("crisis") } });
  const isWish = said.kind === "text" ? reveal(said.text).startsWith("remind") : said.token.startsWith("r/");
  return isWish ? { reply: note("reminder", "Set it where I can come back."), lane: "none" } : scripted(turn);
};

/** What the fake is asked, and a way to put in what is due. */
export type FakeReminders = {
  readonly settle: Settle;
  readonly pull: () => Promise<Pull>;
  readonly forget: (person: string) => Promise<number>;
  /** Turns that were settled, with where they may go. */
  readonly settled: { readonly turn: Turn; readonly direct: Place }[];
  /** What comes next to a place of this key; null for whoever asks first. */
  readonly bring: (id: string, reply: Reply, key?: string | null) => void;
  /** Ids with their fences, as they were said to have arrived. */
  readonly arrived: string[];
  readonly forgotten: string[];
  /** Lets all that may reject do so from now on. */
  readonly breakWith: (error: Error | null) => void;
};

/** Opens a fake. What is not said to have arrived comes again at the next look, with a higher fence. */
export function openFakeReminders(): FakeReminders {
  const [settled, arrived, forgotten]: [FakeReminders["settled"], string[], string[]] = [[], [], []];
  const queue: { readonly id: string; readonly reply: Reply; readonly key: string | null }[] = [];
  let fence = 0;
  let trouble: Error | null = null;
  const pull: Pull = {
    async due(place) {
      if (trouble !== null) throw trouble;
      const next = queue.find(({ key }) => key === null || key === place.key);
      fence += 1;
      return next === undefined ? null : { id: next.id, fence, reply: next.reply };
    },
    async arrived({ key }, id, at) {
      arrived.push(`${id}/${at}`);
      const which = queue.findIndex((one) => one.id === id && (one.key === null || one.key === key));
      if (at === fence && which >= 0) queue.splice(which, 1);
    },
  };
  return {
    settled,
    arrived,
    forgotten,
    async settle(turn, { reply }, { direct }) {
      settled.push({ turn, direct });
      if (reply.kind !== "note" || reply.why !== "reminder")
        return reply.kind === "answer" ? { ...reply, buttons: [...reply.buttons, save] } : reply;
      return settledReply(turn);
    },
    async pull() {
      if (trouble !== null) throw trouble;
      return pull;
    },
    async forget(person) {
      if (trouble !== null) throw trouble;
      forgotten.push(person);
      return 3;
    },
    bring: (id, reply, key = null) => void queue.push({ id, reply, key }),
    breakWith(error) {
      trouble = error;
    },
  };
}

const save: Button = { label: "Save for supervision", token: "r/save/supervision" };

/** What a reminder brings. */
export const dueReply = note("due", "Supervision is due.", [
  { label: "Done", token: "r/done/o1" },
  { label: "Snooze 1 h", token: "r/snooze/o1/60" },
]);

function settledReply({ said, person }: Turn): Reply {
  if (said.kind === "filled") {
    const all = Object.entries(said.fields).map(([id, text]) => `${id}=${reveal(text)}`);
    return note("reminder:set", `Filled in: ${all.join("; ")}.`);
  }
  if (said.kind === "pressed") return note("reminder:pressed", `Pressed ${said.token}.`);
  if (reveal(said.text) === "remind form") return { ...(replies.form ?? dueReply), token: "r/filled/new" } as Reply;
  return note("reminder:set", `Set in ${person.zone?.name}.`, [{ label: "Undo", token: "r/undo/a/1" }]);
}
