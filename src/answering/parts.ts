/** A question about two things, and a question inside a long message: what the parts of it are surely about. */
import type { Boundary, Entry } from "../knowledge/entry.ts";
import { maxCharacters } from "../turn.ts";
import { terms } from "./normalise.ts";

/** What a part of a question is surely about: an entry, or a topic that is not covered. */
export type Heard =
  | { readonly kind: "entry"; readonly entry: Entry }
  | { readonly kind: "boundary"; readonly boundary: Boundary };

export type Hear = (part: string) => Heard | undefined;

/** What the parts of a question ask for between them. */
export type Wishes = { readonly entries: readonly Entry[]; readonly missing: readonly Boundary[] };

// A question about more than three things is a conversation: three are answered, the rest can be asked again.
const mostEntries = 3;
const mostParts = 6;
// Two wishes in one breath are short. A longer message tells a story, and "and" joins its events.
const longestWishes = 160;
const mostSentences = 3;

/** Ids of the passages an entry rests on, in order of first use. */
export const passagesOf = (entry: Entry): readonly string[] => [
  ...new Set(entry.answer.flatMap((sentence) => sentence.from)),
];

// Single topics rest on at most three passages, overviews on many.
const fewestForOverview = 4;

/** Whether an entry sums up many others. */
export const isOverview = (entry: Entry): boolean => passagesOf(entry).length >= fewestForOverview;

/** The wishes in a question, when it has several parts and each is surely about something; else null. */
export function wishesIn(question: string, hear: Hear): Wishes | null {
  if (question.length > longestWishes) return null;
  const parts = partsOf(question);
  if (parts.length < 2) return null;
  const entries: Entry[] = [];
  const missing: Boundary[] = [];
  for (const part of parts) {
    const heard = hear(part);
    // One part that is about nothing known settles it, and each look costs as much as a question.
    if (heard === undefined) return null;
    if (heard.kind === "boundary") missing.push(heard.boundary);
    else if (!entries.some((entry) => overlaps(entry, heard.entry))) entries.push(heard.entry);
  }
  return { entries: entries.slice(0, mostEntries), missing };
}

/** A long message with the question somewhere inside: the one entry that a sentence of it is surely about. */
export function askedWithin(message: string, hear: Hear): Entry | undefined {
  const sentences = cut(message, /(?<=[.?!;\n])\s+/u);
  if (sentences.length < 2) return undefined;
  const asking = sentences.filter((sentence) => sentence.trimEnd().endsWith("?"));
  const likely = (asking.length > 0 ? asking : sentences).slice(0, mostSentences);
  let found: Entry | undefined;
  for (const sentence of likely) {
    const heard = hear(sentence);
    if (heard?.kind !== "entry" || heard.entry === found) continue;
    if (found !== undefined) return undefined;
    found = heard.entry;
  }
  // "My client has nightmares. What does the review say?" is about nightmares, and not about the review as a whole.
  return found === undefined || isOverview(found) ? undefined : found;
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

/** Whether two entries share a passage: then either satisfies who asks for the other. */
export const overlaps = (a: Entry, b: Entry): boolean => {
  const of = passagesOf(b);
  return passagesOf(a).some((id) => of.includes(id));
};
