/** A question about two things, and a question inside a long message: what the parts of it are surely about. */
import type { Entry } from "../knowledge/entry.ts";
import { maxCharacters } from "../turn.ts";
import { terms } from "./normalise.ts";

/** The entry a part of a question is surely about, if any. */
export type EntryOf = (part: string) => Entry | undefined;

// A question about more than three things is a conversation: three are answered, the rest can be asked again.
const mostEntries = 3;
const mostParts = 6;
const mostSentences = 5;

/** Ids of the passages an entry rests on, in order of first use. */
export const passagesOf = (entry: Entry): readonly string[] => [
  ...new Set(entry.answer.flatMap((sentence) => sentence.from)),
];

/** What else is asked for, when every part is surely about something and one of them about the entry that won the whole. */
export function alsoAsked(question: string, won: Entry, entryOf: EntryOf): Entry[] {
  const found = partByPart(question, entryOf);
  if (!found.some((entry) => overlaps(entry, won))) return [];
  const also: Entry[] = [];
  for (const entry of found) if (![won, ...also].some((have) => overlaps(have, entry))) also.push(entry);
  return also.slice(0, mostEntries - 1);
}

/** The entries on offer that every part is surely about one of: two wishes, and not one unclear wish. Else none. */
export function bothAsked(question: string, offered: readonly Entry[], entryOf: EntryOf): Entry[] {
  const found = partByPart(question, entryOf);
  return found.every((entry) => offered.includes(entry)) ? [...new Set(found)] : [];
}

/** The entry of each part, when there are several parts and each is surely about one; else none. */
function partByPart(question: string, entryOf: EntryOf): Entry[] {
  const parts = partsOf(question);
  if (parts.length < 2) return [];
  const found: Entry[] = [];
  for (const part of parts) {
    const entry = entryOf(part);
    // One part that is about nothing known settles it, and each look costs as much as a question.
    if (entry === undefined) return [];
    found.push(entry);
  }
  return found;
}

/** A long message with the question somewhere inside: the one entry that a sentence of it is surely about. */
export function askedWithin(message: string, entryOf: EntryOf): Entry | undefined {
  const sentences = cut(message, /(?<=[.?!;\n])\s+/u);
  if (sentences.length < 2) return undefined;
  const asking = sentences.filter((sentence) => sentence.trimEnd().endsWith("?"));
  const likely = (asking.length > 0 ? asking : sentences).slice(0, mostSentences);
  const [first, ...more] = new Set(likely.flatMap((sentence) => entryOf(sentence) ?? []));
  return more.length === 0 ? first : undefined;
}

// What joins a part to the one before it says nothing of its own: "and also on training" asks for "training".
const joining = /^(?:[\s,:]|(?:about|also|for|in|of|on|then|to|too|with)\b)+/iu;

const partsOf = (question: string): string[] =>
  cut(question, /[?;\n&]|\b(?:and|plus|also|as well as)\b/iu)
    .slice(0, mostParts)
    .map((part) => part.replace(joining, ""));

const cut = (text: string, at: RegExp): string[] =>
  text
    .slice(0, maxCharacters)
    .split(at)
    .filter((part) => terms(part).length > 0);

const overlaps = (a: Entry, b: Entry): boolean => {
  const of = passagesOf(b);
  return passagesOf(a).some((id) => of.includes(id));
};
