/** Generated entries of any number, the same on every machine: words as frequent as in real text, which follows Zipf. */
import type { Item } from "#src/answering/search.ts";

/** A question made from one ask of the item at `index`: one word less, one that does not belong. */
export type KnownItem = { readonly ask: string; readonly index: number };

const vocabularySize = 30_000;

/** `count` entries: three to five asks of four to nine words each, a title, an alias and a short answer. */
export function generatedItems(count: number): Item[] {
  const chance = openChance(1);
  const word = openWords(chance);
  const some = (least: number, most: number) => phrase(word, between(chance, least, most));
  return Array.from({ length: count }, (_, at) => ({
    id: `entry-${at}`,
    title: some(2, 4),
    asks: Array.from({ length: between(chance, 3, 5) }, () => some(4, 9)),
    words: [some(1, 2)],
    text: some(8, 14),
  }));
}

/** Questions on entries spread evenly over the list. */
export function questionsOn(items: readonly Item[], count: number): KnownItem[] {
  const chance = openChance(2);
  const word = openWords(chance);
  return Array.from({ length: count }, (_, at) => {
    const index = Math.floor(((at + 0.5) * items.length) / count);
    const asks = items[index]?.asks ?? [];
    const left = (asks[between(chance, 0, asks.length - 1)] ?? "").split(" ");
    left.splice(between(chance, 0, left.length - 1), 1, word());
    return { ask: left.join(" "), index };
  });
}

const phrase = (word: () => string, length: number): string => Array.from({ length }, word).join(" ");

const between = (chance: () => number, least: number, most: number): number =>
  least + Math.floor(chance() * (most - least + 1));

/** Draws words, the word of rank r as often as 1/r. */
function openWords(chance: () => number): () => string {
  const sums = new Float64Array(vocabularySize);
  for (let rank = 0, sum = 0; rank < vocabularySize; rank++) sums[rank] = sum += 1 / (rank + 1);
  const total = sums[vocabularySize - 1] ?? 1;
  return () => {
    const drawn = chance() * total;
    let low = 0;
    for (let high = vocabularySize - 1; low < high; ) {
      const middle = (low + high) >> 1;
      if ((sums[middle] ?? 0) < drawn) low = middle + 1;
      else high = middle;
    }
    return wordAt(low);
  };
}

const consonants = [..."bdfgklmnprtvz"];
const vowels = [..."aou"];

/** The word of a rank: syllables written like digits, two or more. None ends as an English word would, so stems stay apart. */
function wordAt(rank: number): string {
  let word = "";
  for (let rest = rank + consonants.length * vowels.length; rest > 0; ) {
    const syllable = rest % (consonants.length * vowels.length);
    word += (consonants[syllable % consonants.length] ?? "") + (vowels[Math.floor(syllable / consonants.length)] ?? "");
    rest = Math.floor(rest / (consonants.length * vowels.length));
  }
  return word;
}

/** Mulberry32: small, and good enough to draw words. Numbers from 0 to below 1. */
function openChance(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
