/** `ask`: one question, a stream of them, or a conversation. */
import { BearingsError } from "#src/errors.ts";
import { plain } from "#src/plain.ts";
import type { Respond, Response } from "#src/reply.ts";
import { lineFor } from "./contract.ts";
import type { OpenKept } from "./kept.ts";
import { common, knowledgeFolders, readOptions } from "./options.ts";
import { linesIn, write } from "./pipe.ts";
import { openTurns, typed } from "./turns.ts";

/** What the terminal needs of the assistant. */
export type Asked = { readonly respond: Respond; readonly explain: (text: string) => string };

/** Opens the assistant on these folders of knowledge. */
export type OpenAsked = (dirs: readonly string[]) => Promise<Asked>;

const usage = `Use: ask [--json] [--explain] [--knowledge DIR]... ["question"]
With no question, ask opens a conversation, or reads one question a line when something is piped in.`;

/** Runs `ask`; gives the exit code. Only a conversation can have reminders, for which `kept` is. */
export async function runAsk(args: readonly string[], open: OpenAsked, kept?: OpenKept): Promise<number> {
  const options = { ...common, json: { type: "boolean" }, explain: { type: "boolean" } } as const;
  const { values, words } = readOptions(args, options, usage);
  if (values.help) return print(usage);
  const question = words.length > 0 ? words.join(" ") : null;
  if (values.explain && (question === null || values.json))
    throw new BearingsError("usage", "--explain needs a question, and does not go with --json.", usage);

  const { respond, explain } = await open(knowledgeFolders(values.knowledge));
  if (question !== null && values.explain) return print(explain(question));
  if (question === null && !values.json && process.stdin.isTTY) {
    const { converse } = await import("./chat.ts");
    return converse(respond, kept);
  }
  const turns = openTurns(Date.now);
  const draw = values.json ? asJson : asText;
  const reply = (line: string) => draw(line, respond(turns(typed(line))));
  return question === null ? stream(reply, values.json ? "" : "\n") : print(reply(question));
}

const asJson = (question: string, response: Response): string => JSON.stringify(lineFor(question, response));
const asText = (_question: string, { reply }: Response): string => plain(reply);

async function print(text: string): Promise<number> {
  await write(process.stdout, `${text}\n`);
  return 0;
}

/** Answers each line in order, written out as it comes so that a program may wait for one reply before it asks again. */
async function stream(reply: (line: string) => string, between: string): Promise<number> {
  let isFirst = true;
  for await (const lines of linesIn(process.stdin)) {
    const out = lines.map((line) => `${reply(line)}\n`).join(between);
    await write(process.stdout, isFirst ? out : between + out);
    isFirst = false;
  }
  return 0;
}
