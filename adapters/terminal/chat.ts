/** `chat`: a conversation in the terminal. Nothing of it is kept: no history file, no log. */
import { createInterface } from "node:readline";
import { pressables } from "#src/plain.ts";
import type { Button, Reply, Respond } from "#src/reply.ts";
import type { Said } from "#src/turn.ts";
import { draw, quiet } from "./draw.ts";
import { common, knowledgeFolders, noWords, readOptions } from "./options.ts";
import { openTurns, pressed, typed } from "./turns.ts";

const usage = "Use: chat [--knowledge DIR]...";

/** Runs `chat`; gives the exit code. */
export async function runChat(
  args: readonly string[],
  open: (dirs: readonly string[]) => Promise<{ readonly respond: Respond }>,
): Promise<number> {
  const { values, words } = readOptions(args, common, usage);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  noWords(words, usage);
  return converse((await open(knowledgeFolders(values.knowledge))).respond);
}

/** Talks until quit, the end of input or Ctrl-C; gives the exit code. */
export async function converse(respond: Respond): Promise<number> {
  const { stdin, stdout } = process;
  const terminal = Boolean(stdin.isTTY && stdout.isTTY);
  const turns = openTurns(Date.now);
  const say = (text: string) => stdout.write(`${text}\n\n`);
  const show = (said: Said): Reply => {
    const { reply } = respond(turns(said));
    say(draw(reply, stdout.isTTY ? stdout.columns : undefined));
    return reply;
  };

  let offered = stillOffered(show(pressed("start")), []);
  say(quiet("To leave, type quit or press Ctrl-D."));
  const lines = createInterface({ input: stdin, output: stdout, terminal, prompt: terminal ? "> " : "" });
  let isOpen = true;
  lines.once("close", () => {
    isOpen = false;
  });
  lines.on("SIGINT", () => lines.close());
  lines.prompt();
  for await (const line of lines) {
    const wish = read(line, offered);
    if (wish.kind === "quit") break;
    if (terminal) stdout.write("\n");
    if (wish.kind === "no such number")
      say(`Please type ${wish.most === 1 ? "1" : `a number from 1 to ${wish.most}`}, or a question.`);
    else offered = stillOffered(show(wish.said), offered);
    // The end of what is piped in may come before its last line has been answered.
    if (isOpen) lines.prompt();
  }
  lines.close();
  stdout.write(`${terminal ? "\n" : ""}Goodbye. Nothing of this conversation was kept.\n`);
  return 0;
}

type Wish =
  | { readonly kind: "quit" }
  | { readonly kind: "said"; readonly said: Said }
  | { readonly kind: "no such number"; readonly most: number };

/** A reply without buttons, such as one to thanks, leaves the last ones in force; one to danger takes them away. */
function stillOffered(shown: Reply, before: readonly Button[]): readonly Button[] {
  const now = pressables(shown);
  return now.length > 0 || shown.kind === "crisis" ? now : before;
}

/** What a line means while these buttons are on offer. */
function read(line: string, buttons: readonly Button[]): Wish {
  const words = line.trim();
  if (/^\/?(?:quit|exit|q)$/i.test(words)) return { kind: "quit" };
  // Three digits are a number to call, such as 999, more likely than a button.
  if (!/^\d{1,2}$/.test(words) || buttons.length === 0) return { kind: "said", said: typed(line) };
  const button = buttons[Number(words) - 1];
  return button === undefined
    ? { kind: "no such number", most: buttons.length }
    : { kind: "said", said: pressed(button.token) };
}
