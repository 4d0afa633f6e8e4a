/** What a button of our cards, or a form that was sent, leads to: the same in a message and in a dialog. */
import type { Answer } from "#src/reply.ts";
import { type Said, type Turn, userText } from "#src/turn.ts";
import { verbs } from "./actions.ts";
import type { Pressed, Sent } from "./activity.ts";
import { plainly, type Shown } from "./drawn.ts";
import { forget, kept, question } from "./forget.ts";
import { turnAlone } from "./read.ts";
import { settled } from "./settled.ts";
import { sourcesCard } from "./sources-card.ts";
import type { Tools } from "./tools.ts";

/** `isDanger`: it is known at once, and nothing is to be waited for. */
export type Led = { readonly isDanger: boolean; readonly shown: Promise<Shown> };

/** Does what was pressed or sent. Rejects only where something is broken. */
export function leadsTo(acted: Pressed | Sent, tools: Tools): Led {
  switch (acted.data.verb) {
    case verbs.forget:
      return led(plainly(question()));
    case verbs.forgetNot:
      return led(plainly(kept()));
    case verbs.forgetNow:
      return led(forget(acted.from, tools).then(plainly));
    default: {
      const turn = turnOf(acted, tools);
      const response = tools.respond(turn);
      if (response.lane === "now") return { isDanger: true, shown: Promise.resolve(plainly(response.reply)) };
      if (acted.data.verb === verbs.sources && response.reply.kind === "answer")
        return led(sourcesOf(response.reply, tools));
      return led(settled(turn, response, acted, tools).then(plainly));
    }
  }
}

const led = (shown: Shown | Promise<Shown>): Led => ({ isDanger: false, shown: Promise.resolve(shown) });

function turnOf(acted: Pressed | Sent, { nowMs, fingerprint }: Tools): Turn {
  const own = acted.id ?? fingerprint(String(nowMs()), JSON.stringify(acted.data));
  return turnAlone(acted, own, saidIn(acted), nowMs());
}

function saidIn({ data }: Pressed | Sent): Said {
  const { verb, token, inputs } = data;
  if (verb !== verbs.saveForm) return { kind: "pressed", token };
  const fields = Object.entries(inputs).map(([name, value]) => [name, userText(value)] as const);
  return { kind: "filled", token, fields: Object.fromEntries(fields) };
}

/** The answer's sources as a card. */
async function sourcesOf(reply: Answer, { knowledge, apaOf }: Tools): Promise<Shown> {
  const { passages, sources } = knowledge();
  const cited = reply.citations.flatMap(({ passage }) => passages.get(passage) ?? []);
  const named = sources.filter(({ id }) => reply.citations.some(({ source }) => source === id));
  const references = await Promise.all(named.map((source) => apaOf(source)));
  return { reply, card: sourcesCard({ reply, passages: cited, references }) };
}
