/** `chat`: a conversation in the terminal. Nothing of it is kept but reminders: no history file, no log. */
import type { Respond } from "#src/reply.ts";
import type { Said } from "#src/turn.ts";
import { type Board, openBoard } from "./board.ts";
import { quiet } from "./draw.ts";
import { createKeeping, type Keeping, type OpenKept, startLooking } from "./kept.ts";
import { common, knowledgeFolders, noWords, readOptions } from "./options.ts";
import { openScreen, type Screen } from "./screen.ts";
import { openTurns, place, pressed, typed } from "./turns.ts";

const usage = "Use: chat [--knowledge DIR]...";

/** Runs `chat`; gives the exit code. Without `kept`, it has no reminders. */
export async function runChat(
  args: readonly string[],
  open: (dirs: readonly string[]) => Promise<{ readonly respond: Respond }>,
  kept?: OpenKept,
): Promise<number> {
  const { values, words } = readOptions(args, common, usage);
  if (values.help) {
    process.stdout.write(`${usage}\n`);
    return 0;
  }
  noWords(words, usage);
  return converse((await open(knowledgeFolders(values.knowledge))).respond, kept);
}

// Often enough to be on time, and seldom enough to be nothing to a database.
const usualLookMs = 3_000;

/**
 * Talks until quit, the end of input or Ctrl-C; gives the exit code. What is due is looked for every `lookMs` milliseconds.
 */
export async function converse(respond: Respond, kept?: OpenKept, lookMs = usualLookMs): Promise<number> {
  const screen = openScreen();
  const board = openBoard(screen);
  const keeping = kept === undefined ? null : createKeeping(place, kept);
  const take = taking({ respond, screen, board, keeping });
  await take(pressed("start"));
  screen.say(quiet("To leave, type quit or press Ctrl-D."));
  board.wait();
  const looking = keeping === null ? null : startLooking(keeping, board, lookMs);
  for await (const line of screen.lines) {
    if (/^\/?(?:quit|exit|q)$/i.test(line.trim())) break;
    await take(line);
    board.wait();
  }
  screen.close();
  await looking?.stop();
  await keeping?.close();
  process.stdout.write(`${screen.isTerminal ? "\n" : ""}Goodbye. ${keeping?.wasAsked() ? wishesKept : nothingKept}\n`);
  return 0;
}

const nothingKept = "Nothing of this conversation was kept.";
const wishesKept = "Your reminders are kept, and nothing else of this conversation.";

type Parts = {
  readonly respond: Respond;
  readonly screen: Screen;
  readonly board: Board;
  readonly keeping: Keeping | null;
};

/** Answers a line, or what the terminal says for the person. */
function taking({ respond, screen, board, keeping }: Parts): (line: string | Said) => Promise<void> {
  const turns = openTurns(Date.now);
  const answer = async (said: Said): Promise<void> => {
    const turn = turns(said);
    const response = respond(turn);
    board.show(keeping === null ? response.reply : await keeping.complete(turn, response));
  };
  return async (line) => {
    if (typeof line !== "string") return answer(line);
    if (screen.isTerminal) process.stdout.write("\n");
    const meaning = board.read(line);
    if (meaning.kind === "said") return answer(meaning.said);
    if (meaning.kind === "no such number")
      return screen.say(
        `Please type ${meaning.most === 1 ? "1" : `a number from 1 to ${meaning.most}`}, or a question.`,
      );
    // What speaks of danger is not kept for the end of the form.
    const response = respond(turns(typed(line)));
    if (response.lane === "now") return board.show(response.reply);
    const step = meaning.take();
    if (step.kind === "filled") return answer(step.said);
    if (step.kind === "again") screen.say(step.say);
    if (step.kind === "left") screen.say("You have left the form, and nothing was set.");
  };
}
