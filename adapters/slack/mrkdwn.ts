/** Words as Slack takes them: escaped and free of hidden characters, so that nothing in them calls people or leads anywhere. */
import type { MrkdwnElement, PlainTextElement } from "@slack/types";

// Controls, marks of direction, characters without width, halves of pairs: they can hide or turn round what is shown.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

// Longer addresses are refused by Slack in some places, and none of ours comes near.
const longestUrl = 500;

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

const escapeOne = (character: string): string => entities[character] ?? character;

/** The text without hidden characters; line breaks stay, and a tab becomes a space. Cleaning twice changes nothing. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replace(hidden, (character) => (character === "\n" ? "\n" : ""));

/** The text for mrkdwn: cleaned, and with `&`, `<` and `>` written so that Slack shows them and does nothing else. */
export const escaped = (text: string): string => clean(text).replace(/[&<>]/g, escapeOne);

/**
 * As much of the text as is at most `max` characters long once escaped, cleaned and not escaped. It is cut between words,
 * or where a word alone is too long inside it, and ends in an ellipsis. `max` from 1.
 */
export const clip = (text: string, max: number): string => cut(clean(text), max, escapeOne);

/** The text for mrkdwn in pieces of at most `max` (from 5) characters each, divided between words; nothing is lost but the space. */
export function pieces(text: string, max: number): readonly string[] {
  const found: string[] = [];
  let rest = clean(text).trim();
  while (rest !== "") {
    const at = end(rest, max, escapeOne);
    if (at === 0) throw new RangeError("pieces must have room for one character");
    found.push(escaped(rest.slice(0, at)).trimEnd());
    rest = rest.slice(at).trimStart();
  }
  return found;
}

/** A link that shows `label`. Only for https without a name or password in it; anything else is the escaped label alone. */
export function link(url: string, label: string): string {
  const shown = escaped(label.replaceAll("|", "¦")).replace(/\s+/g, " ").trim();
  const to = addressOf(url);
  if (to === null) return shown;
  return `<${to.replaceAll("&", "&amp;")}|${shown === "" ? "link" : shown}>`;
}

/** The address in a form that cannot end a link early, or null where it is not one that people should be led to. */
function addressOf(url: string): string | null {
  if (url.length > longestUrl || !URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  if (protocol !== "https:" || username !== "" || password !== "") return null;
  return href.replace(/[<>|\s]/g, encodeURIComponent);
}

/** A text object for text that is escaped already. Slack makes no links in it of its own accord. */
export const mrkdwn = (text: string): MrkdwnElement => ({ type: "mrkdwn", text, verbatim: true });

/** A text object that shows the text as it is, on one line, in at most `max` characters, cut between words. */
export const plainText = (text: string, max: number): PlainTextElement => ({
  type: "plain_text",
  text: cut(clean(text).replace(/\s+/g, " ").trim(), max, (character) => character),
  emoji: false,
});

type Write = (character: string) => string;

function cut(text: string, max: number, write: Write): string {
  if (end(text, max, write) === text.length) return text;
  return `${text.slice(0, end(text, max - 1, write)).trimEnd()}…`;
}

/** Where to cut so that what comes before is at most `max` characters as written: after a space, or inside a long word. */
function end(text: string, max: number, write: Write): number {
  let size = 0;
  let at = 0;
  for (const character of text) {
    size += write(character).length;
    if (size > max) {
      const space = text.slice(0, at + 1).search(/\s\S*$/);
      // A cut that leaves little is worse than one inside a word.
      return space > at / 2 ? space : at;
    }
    at += character.length;
  }
  return text.length;
}
