/** Words as Teams takes them: free of hidden characters, and in a message's Markdown so that they are shown and never act. */

// Controls, marks of direction, characters without width, halves of pairs: they can hide or turn round what is shown.
const hidden = /[\p{Cc}\p{Cf}\p{Cs}\p{Zl}\p{Zp}]/gu;

/** The text without hidden characters; line breaks stay, and a tab becomes a space. Cleaning twice changes nothing. */
export const clean = (text: string): string =>
  text
    .replace(/\r\n?|[\u2028\u2029]/g, "\n")
    .replaceAll("\t", " ")
    .replace(hidden, (character) => (character === "\n" ? "\n" : ""));

/** As much of the text, cleaned, as is at most `max` (from 1) characters long: cut between words where that leaves enough, with an ellipsis. */
export function clip(text: string, max: number): string {
  const whole = clean(text);
  if (whole.length <= max) return whole;
  const start = whole.slice(0, Math.max(max - 1, 0)).replace(/[\ud800-\udbff]$/, "");
  const isBetweenWords = /^\s/.test(whole.slice(start.length));
  const space = isBetweenWords ? start.length : start.search(/\s\S*$/);
  // A cut that leaves little is worse than one inside a word.
  return `${(space > start.length / 2 ? start.slice(0, space) : start).replace(/[\s,;:–-]+$/, "")}…`;
}

/** The text on one line, in at most `max` characters. */
export const oneLine = (text: string, max: number): string => clip(clean(text).replace(/\s+/g, " ").trim(), max);

/** The same for where Teams may read HTML, or may not: without what would begin a tag. */
export const tagless = (text: string, max: number): string =>
  oneLine(text, max).replaceAll("<", "‹").replaceAll(">", "›");

const entities: Readonly<Record<string, string>> = { "&": "&amp;", "<": "&lt;", ">": "&gt;" };

/** The text on one line of Markdown, where nothing in it is a link, a style, a tag, a heading or an item of a list. */
export const escaped = (text: string): string =>
  clean(text)
    .replace(/\s+/g, " ")
    .trim()
    .replace(/[\\`*_~[\]|]/g, "\\$&")
    .replace(/[&<>]/g, (character) => entities[character] ?? character)
    // Right after a mark, a bracket would make a link of both.
    .replace(/^(?:[#+=(-])/, "\\$&")
    .replace(/^(\d+)([.)])/, "$1\\$2")
    .replace(/:\/\//g, ":\\//")
    .replace(/\bwww\./gi, (www) => `${www.slice(0, -1)}\\.`);

/** A paragraph of Markdown for each line that has words. */
export const paragraphs = (text: string): readonly string[] =>
  clean(text)
    .split("\n")
    .map(escaped)
    .filter((line) => line !== "");

/** Bold, on a line of its own; nothing where there are no words. `max` is counted before it is escaped. */
export function bold(text: string, max: number): readonly string[] {
  const shown = escaped(oneLine(text, max));
  return shown === "" ? [] : [`**${shown}**`];
}

// None of ours comes near.
const longestUrl = 500;

/** The address in a form that ends no link early; null where it is none that people should be led to: https, without a name or password. */
export function addressOf(url: string | null): string | null {
  if (url === null || url.length > longestUrl || !URL.canParse(url)) return null;
  const { protocol, username, password, href } = new URL(url);
  if (protocol !== "https:" || username !== "" || password !== "") return null;
  return href.replace(/[<>()|\s\\*_~`[\]]/g, (character) => `%${character.charCodeAt(0).toString(16).toUpperCase()}`);
}

/** A link of Markdown that shows the host it leads to, and the path. Null as in `addressOf`. */
export function link(url: string): string | null {
  const to = addressOf(url);
  if (to === null) return null;
  return `[${escaped(to.replace(/^https:\/\/(?:www\.)?/, "").replace(/\/$/, ""))}](${to})`;
}
