/** What the commands say that Teams lists while someone types: they arrive as the words of a message. */
import { isReminder } from "#src/conversation/reminder-words.ts";
import { commandIn } from "#src/doors/commands.ts";
import { type Said, userText } from "#src/turn.ts";

// What is said to reminders and is no wish without a word that says so.
const bare =
  /^(?:help|form|new|add|set|last|list|move|change|delete|remove|cancel|stop|pause|resume|skip|done|(?:time ?)?zone(?: \S+)?)$/;

/** Something typed. */
export const typed = (text: string): Said => ({ kind: "text", text: userText(text) });

/** What was meant by the words of a message, our own mention taken off. */
export function saidBy(text: string): Said {
  const command = commandIn(text.replace(/^\//, "").replace(/[\s.]+$/, ""));
  return command ?? typed(asReminder(text) ?? text.replace(/^\/?ask\s+(?!me\b|us\b)/i, ""));
}

/** "supervision every two weeks" is a wish and "supervision" a subject: what follows the word tells. The core tells reminders by a stroke. */
function asReminder(text: string): string | null {
  const rest = /^supervision[\s:]+(?<rest>\S[\s\S]*)$/i.exec(text)?.groups?.rest;
  if (rest === undefined) return null;
  const folded = rest.replace(/[\s.?!]+$/, "").toLowerCase();
  return bare.test(folded) || isReminder(rest) ? `/supervision ${rest}` : null;
}
