/** What a button of our cards, or a form that was sent, leads to: the same in a message and in a dialog. */
import type { Reply } from "#src/reply.ts";
import { type Said, type Turn, userText } from "#src/turn.ts";
import { verbs } from "./actions.ts";
import type { Pressed, Sent } from "./activity.ts";
import type { Shown } from "./drawn.ts";
import { forget, kept, question } from "./forget.ts";
import { personOf, placeOf } from "./read.ts";
import { settled } from "./settled.ts";
import { sourcesOf } from "./sources.ts";
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
const plainly = (reply: Reply): Shown => ({ reply, card: null });

function turnOf(acted: Pressed | Sent, { nowMs, fingerprint }: Tools): Turn {
  const { id, from, kind } = acted;
  // The same for every delivery of one press.
  const own = id ?? fingerprint(String(nowMs()), JSON.stringify(acted.data));
  return {
    id: ["teams", from.tenant, kind, from.user, own].join(":"),
    atMs: nowMs(),
    person: personOf(from),
    place: placeOf({ kind: "person", tenant: from.tenant, user: from.user }),
    said: saidIn(acted),
  };
}

function saidIn({ data }: Pressed | Sent): Said {
  const { verb, token, inputs } = data;
  if (verb !== verbs.saveForm) return { kind: "pressed", token };
  const fields = Object.entries(inputs).map(([name, value]) => [name, userText(value)] as const);
  return { kind: "filled", token, fields: Object.fromEntries(fields) };
}
