/** The assistant as shipped, opened once a test file. */
import { type Assistant, openAssistant } from "#adapters/bot.ts";
import { type Outcome, outcomeOf, plain } from "#src/plain.ts";
import type { Lane, Reply, Response } from "#src/reply.ts";
import { type Said, userText } from "#src/turn.ts";

/** The folder of knowledge that comes with Bearings. */
export const shippedFolder = new URL("../../knowledge", import.meta.url).pathname;

/** Opens it, with ways to ask that need no turn. */
export async function openShipped(): Promise<
  Assistant & {
    readonly ask: (text: string) => Response;
    readonly press: (token: string) => Response;
    readonly fill: (token: string, fields: Readonly<Record<string, string>>) => Response;
  }
> {
  const assistant = await openAssistant([shippedFolder]);
  const turn = (said: Said): Response =>
    assistant.respond({
      id: "1",
      atMs: 0,
      person: { id: "someone", zone: null },
      place: { door: "test", key: "", isPrivate: true },
      said,
    });
  return {
    ...assistant,
    ask: (text) => turn({ kind: "text", text: userText(text) }),
    press: (token) => turn({ kind: "pressed", token }),
    fill: (token, fields) => {
      const typed = Object.entries(fields).map(([id, text]) => [id, userText(text)] as const);
      return turn({ kind: "filled", token, fields: Object.fromEntries(typed) });
    },
  };
}

/** What a test compares: the kind, why, the entries and the words. */
export const summaryOf = ({
  reply,
  lane,
}: Response): { outcome: Outcome; why: string | null; lane: Lane; entries: readonly string[]; text: string } => ({
  outcome: outcomeOf(reply),
  why: whyOf(reply),
  lane,
  entries: "entries" in reply ? reply.entries.map(({ id }) => id) : [],
  text: plain(reply),
});

export const whyOf = (reply: Reply): string | null => ("why" in reply ? reply.why : null);
