/** A whole door in which a test says what `settle` makes of a reply, and sees what it was given. */
import { openPlace } from "#adapters/slack/read.ts";
import type { Places } from "#src/reminders/desk/settle.ts";
import type { Reply, Response } from "#src/reply.ts";
import type { Turn } from "#src/turn.ts";
import { replies } from "../helpers/replies.ts";
import { openDoor } from "../helpers/slack/door.ts";
import { openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { noReminders, noteOf } from "../helpers/slack/kept.ts";
import { alice, channels, us } from "../helpers/slack/team.ts";

export type Settled = { readonly turn: Turn; readonly response: Response; readonly places: Places };

export type Settling = Awaited<ReturnType<typeof openSettling>>;

/** Opens it at a fake of its own. Until a test says otherwise, replies stay as they are and nobody has reminders. */
export async function openSettling() {
  const fake = await openFakeSlack();
  const all: Settled[] = [];
  const reminders = noReminders();
  const says = {
    made: ({ response }: Settled): Reply | Promise<Reply> => response.reply,
    mine: (): Promise<Reply> => Promise.resolve(noteOf("You have no reminders.")),
  };
  const door = await openDoor(fake, {
    core: {
      async settle(turn, response, places) {
        all.push({ turn, response, places });
        return says.made({ turn, response, places });
      },
      reminders: { ...reminders, mine: () => says.mine() },
    },
  });
  return {
    fake,
    door,
    says,
    all,
    asked: reminders.asked,
    /** The one thing that was settled; its places opened. */
    only() {
      const [one, ...more] = all;
      if (one === undefined || more.length > 0) throw new Error(`settled ${all.length} times`);
      const { direct, here } = one.places;
      return { ...one, direct: openPlace(direct), here: here === null ? null : openPlace(here) };
    },
    async close() {
      await door.close();
      await fake.close();
    },
  };
}

export const aliceInPrivate = { team: us.team, channel: alice.id, thread: null, isPrivate: true };
export const generalAsSuch = { team: us.team, channel: channels.general, thread: null, isPrivate: false };

/** What a reminder that was set is read back as. */
export const readBack = noteOf("Every 14 days. Next: Tuesday 6 October.", {
  buttons: [{ label: "Undo", token: "r/undo/x/1" }],
});

export const form = replies.form ?? readBack;

let count = 0;
/** Another time each time, for messages and presses. */
export const nextTs = () => `1700000900.${String(++count).padStart(6, "0")}`;
