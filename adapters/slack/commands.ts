/** Slash commands: answered in the acknowledgement itself where that is in time, and seen by nobody else. */
import { isForOne } from "#src/doors/answer.ts";
import { commandIn } from "#src/doors/commands.ts";
import type { Reply } from "#src/reply.ts";
import type { Person, Said, Turn } from "#src/turn.ts";
import { deliverToOne } from "./deliver.ts";
import type { Door } from "./door.ts";
import { windowOf } from "./form-view.ts";
import type { Command } from "./payload.ts";
import type { Drawn } from "./post.ts";
import { personId, placeOf, textOf, typed } from "./read.ts";
import { draw } from "./render.ts";
import { settled } from "./settled.ts";
import { openView } from "./windows.ts";
import type { Installed } from "./workspaces.ts";

/** A message that only the person who typed the command sees. */
export type Ephemeral = Drawn & { readonly response_type: "ephemeral" };

// Slack wants to hear of a command within three seconds, and says to the person that it failed after those.
const patienceMs = 2_000;

/**
 * Answers a command in its acknowledgement. What takes longer than two seconds is acknowledged with nothing, and said at
 * the address that Slack gave; a form opens in a window, and nothing needs to be said.
 */
export async function answerCommand(
  command: Command,
  { ack, installed, door }: { readonly ack: Ack; readonly installed: Installed; readonly door: Door },
): Promise<void> {
  const { said, asked } = saidIn(command, installed.botUser);
  const { channel } = command;
  const turn: Turn = {
    id: ["slack", command.team, "command", command.triggerId].join(":"),
    atMs: door.nowMs(),
    person: personOf(command),
    place: placeOf({ ...command, thread: null, isPrivate: true }),
    said,
  };
  const response = door.respond(turn);
  if (response.lane === "now") return ack(ephemeral(response.reply, ""));
  const reply = settled(turn, response, command, { installed, door });
  const rest = reply.then(async (one) => ((await isFormOpened(one, command, installed, door)) ? null : one));
  const first = await Promise.race([rest, door.sleep(patienceMs).then(() => "late" as const)]);
  if (first !== "late") return ack(first === null ? undefined : ephemeral(first, asked));
  await ack();
  const late = await rest;
  const to = { channel, thread: null, user: command.user, turnId: turn.id, responseUrl: command.responseUrl };
  if (late !== null) await deliverToOne(late, to, installed, door);
}

/** Acknowledges, with what one person alone sees, or with nothing. */
type Ack = (answer?: Ephemeral) => Promise<void>;

function ephemeral(reply: Reply, asked: string): Ephemeral {
  // Whoever is asked to leave a client's details out does not read them again.
  const again = isForOne(reply) ? "" : asked;
  return { response_type: "ephemeral", ...draw(reply, { audience: "one", share: true, asked: again }) };
}

async function isFormOpened(reply: Reply, command: Command, { call }: Installed, { log }: Door): Promise<boolean> {
  return (
    reply.kind === "form" &&
    !reply.isPrivate &&
    (await openView(command.triggerId, windowOf(reply, command.channel), call, log)) !== null
  );
}

const personOf = ({ team, user }: Command): Person => ({ id: personId(team, user), zone: null });

/** What was meant. `asked` is the question as it is shown again: what follows a command is not seen in the channel. */
function saidIn({ command, text }: Command, botUser: string): { readonly said: Said; readonly asked: string } {
  const words = textOf(text, botUser);
  // The core tells reminders by their words, and these are the words.
  if (command === "/supervision") return { said: typed(`/supervision ${words}`), asked: "" };
  const said = commandIn(words);
  if (said !== null) return { said, asked: "" };
  const question = words.replace(/^ask\s+/i, "");
  return { said: typed(question), asked: question };
}
