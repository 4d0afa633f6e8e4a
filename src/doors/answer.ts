/** What chat platforms' doors do with an answer alike. */
import type { Answer, Button, Reply } from "../reply.ts";

const showing = "show/";

/** Whether nobody but the person it answers may see it: a reply to danger, and what says so itself. */
export const isForOne = (reply: Reply): boolean => reply.kind === "crisis" || reply.isPrivate === true;

/** Whether it leads to another entry, rather than doing something with this one. */
export const isTopic = ({ token }: Button): boolean => token.startsWith(showing);

/** The token that leads to the same answer again. */
export const tokenOfAnswer = ({ entries }: Answer): string => `${showing}${entries.map(({ id }) => id).join(",")}`;

/**
 * Parts an answer of our own accord into what it says itself, such as that a reminder is due, and the sentences that it
 * cites. Any other reply says it itself.
 */
export function ledBy(reply: Reply): { readonly lead: string; readonly reply: Reply } {
  if (reply.kind !== "answer") return { lead: "", reply };
  const [first, ...others] = reply.body;
  const at = reply.say.indexOf(first.text);
  const lead = (at === -1 ? reply.say : reply.say.slice(0, at)).trim();
  // A heading is cut where it is long; what is due has to be read whole.
  const heading = first.heading !== null && lead.includes(first.heading) ? null : first.heading;
  return { lead, reply: { ...reply, body: [{ ...first, heading }, ...others] } };
}
