/** Slash commands: answered in the acknowledgement itself, so nothing has to be sent, and nobody else sees it. */
import { clientDetails } from "#src/copy.ts";
import type { Person, Said, Turn } from "#src/turn.ts";
import type { Door } from "./door.ts";
import { withZone } from "./messages.ts";
import type { Command } from "./payload.ts";
import type { Drawn } from "./post.ts";
import { personId, placeOf, textOf, typed } from "./read.ts";
import { draw } from "./render.ts";
import type { Installed } from "./workspaces.ts";

/** What `/bearings` takes beside a question, each with the button that means the same. */
const tokens: Readonly<Record<string, string>> = {
  "": "start",
  themes: "browse/theme",
  topics: "browse",
  browse: "browse",
  about: "about",
  privacy: "privacy",
  help: "help",
};

/** A message that only the person who typed the command sees. */
export type Ephemeral = Drawn & { readonly response_type: "ephemeral" };

/** The answer to a command. */
export async function answerCommand(command: Command, installed: Installed, door: Door): Promise<Ephemeral> {
  const { said, asked } = saidIn(command, installed.botUser);
  const turn: Turn = {
    id: ["slack", command.team, "command", command.triggerId].join(":"),
    atMs: door.nowMs(),
    person: personOf(command),
    place: placeOf({ team: command.team, channel: command.channel, thread: null, isPrivate: true }),
    said,
  };
  const response = door.respond(turn);
  const reply = response.lane === "now" ? response.reply : await withZone(response.reply, turn, installed, door);
  // Whoever is asked to leave a client's details out does not read them again.
  const again = reply.asides.includes(clientDetails) ? "" : asked;
  const drawn = draw(reply, { audience: "one", share: true, asked: again });
  return { response_type: "ephemeral", ...drawn };
}

const personOf = ({ team, user }: Command): Person => ({ id: personId(team, user), zone: null });

/** What was meant. `asked` is the question as it is shown again: what follows a command is not seen in the channel. */
function saidIn({ command, text }: Command, botUser: string): { readonly said: Said; readonly asked: string } {
  const words = textOf(text, botUser);
  // The core tells reminders by their words, and these are the words.
  if (command === "/supervision") return { said: typed(`/supervision ${words}`), asked: "" };
  const name = words.toLowerCase();
  const token = Object.hasOwn(tokens, name) ? tokens[name] : undefined;
  if (token !== undefined) return { said: { kind: "pressed", token }, asked: "" };
  const question = words.replace(/^ask\s+/i, "");
  return { said: typed(question), asked: question };
}
