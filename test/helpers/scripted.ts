/** An assistant for tests of doors: it says the reply of `replies` whose name is typed. */
import type { Reply, Respond } from "#src/reply.ts";
import { reveal } from "#src/turn.ts";
import { replies } from "./replies.ts";

const unknown: Reply = { kind: "note", why: "unknown", say: "No such reply.", asides: [], buttons: [] };

/** An answer to every button; throws for "fail". Its answers cite P16, P17 and P10. */
export const scripted: Respond = ({ said }) => {
  const name = said.kind === "text" ? reveal(said.text) : "answer";
  if (name === "fail") throw new Error(`a message that quotes: ${name}`);
  const reply = Object.hasOwn(replies, name) ? (replies[name] ?? unknown) : unknown;
  return { reply, lane: reply.kind === "crisis" ? "now" : "none" };
};
