/** From text to terms: one way, used alike for what is indexed and for what is asked. */
import { createRequire } from "node:module";
import type { Concept } from "../knowledge/entry.ts";
import { maxCharacters } from "../turn.ts";

// The package is CommonJS and ships no types.
const porter2: (word: string) => string = createRequire(import.meta.url)("wink-porter2-stemmer");

// Function words, question words and politeness carry no topic. Negations stay: "no training" is not "training".
const stopWords = new Set(
  `a about all also am an and any anybody anyone anything are as at be been being but by can could d did do does doing done
  for from get got had has have having he hello her here hers hey hi him his how i if ill im in into is it its ive just
  know ll like m may me might mine must my need of on or our out please pls re s shall she should so some somebody
  someone something such t tell than thank thanks that the their theirs them then there these they this those to too
  u ur us ve very want was way ways we were what when where which who whom whose why will with would you your yours`.split(
    /\s+/,
  ),
);

/** Most distinct terms of a question that are used, rarest first. A security control: see docs/design.md, "Caps". */
export const maxTerms = 24;
const shortestTerm = 2;
const longestTerm = 32;

/**
 * Folded text: compatibility forms and case united, marks and invisible characters gone, quotes straight, one space
 * between words, at most `maxCharacters` long. Folding twice changes nothing.
 */
export function fold(text: string): string {
  const read = text.slice(0, maxCharacters);
  return /^[\x20-\x7e]*$/.test(read) ? foldPlain(read) : foldAny(read);
}

// Nearly all that is typed and indexed is plain, and then this gives the same in a tenth of the time.
const foldPlain = (text: string): string => text.toLowerCase().replaceAll("`", "'").replace(/ {2,}/g, " ").trim();

const foldAny = (text: string): string =>
  text
    .toWellFormed()
    .normalize("NFKD")
    .toLowerCase()
    .normalize("NFKD")
    .replace(/[\p{M}\p{Cf}\uFFFD]+/gu, "")
    .replace(/[‘’‛`´′]/g, "'")
    .replace(/[\s\p{Cc}\p{Z}]+/gu, " ")
    .trim()
    .slice(0, maxCharacters)
    .trim();

/** Words of folded text. "don't" becomes "dont", "client's" becomes "client". */
export function words(text: string): string[] {
  const joined = fold(text)
    .replace(/n't\b/g, "nt")
    .replace(/'(?:s|re|ve|ll|d|m)\b/g, "");
  return joined.split(/[^\p{L}\p{N}]+/u).filter((word) => word.length > 0);
}

const stems = new Map<string, string>();

/** Porter2 stem. */
export const stem = (word: string): string => stems.get(word) ?? porter2(word);

/** Remembers the stems of a text's words. For texts of the knowledge base alone: nothing that people type is remembered. */
export function learn(text: string): void {
  for (const word of words(text)) if (!stems.has(word)) stems.set(word, porter2(word));
}

const usable = (word: string): boolean => word.length >= shortestTerm && word.length <= longestTerm;

/** Stems of the words that carry a topic, in order, with repeats; all usable words when nothing else is left. */
export const terms = (text: string): string[] => termsIn(words(text));

/** Whether any word carries a topic: "why?" and "so on" have none. */
export const hasTopic = (spoken: readonly string[]): boolean =>
  spoken.some((word) => usable(word) && !stopWords.has(word));

/** The same for words already parted. */
export function termsIn(spoken: readonly string[]): string[] {
  const all = spoken.filter(usable);
  const content = all.filter((word) => !stopWords.has(word));
  return (content.length > 0 ? content : all).map(stem);
}

/** Finds the vocabulary's concepts in a list of words. Longest phrase first; a word may stand in one phrase only. */
export type FindConcepts = (spoken: readonly string[]) => readonly string[];

type Phrase = { readonly stems: readonly string[]; readonly concept: string };

/** Compiles the vocabulary; phrases are compared by stem, so "team up" finds "teaming up". */
export function openConcepts(vocabulary: readonly Concept[]): FindConcepts {
  const phrases = vocabulary.flatMap(({ concept, says }) =>
    says.map((phrase): Phrase => ({ concept, stems: words(phrase).map(stem) })),
  );
  const byFirst = Map.groupBy(phrases, ({ stems: [first = ""] }) => first);
  for (const list of byFirst.values()) list.sort((a, b) => b.stems.length - a.stems.length);
  return (spoken) => {
    const said = spoken.map(stem);
    const found: string[] = [];
    for (let at = 0; at < said.length; ) {
      const phrase = byFirst.get(said[at] ?? "")?.find(({ stems }) => stems.every((one, i) => said[at + i] === one));
      if (phrase !== undefined) found.push(phrase.concept);
      at += phrase?.stems.length ?? 1;
    }
    return found;
  };
}
