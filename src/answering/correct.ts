/** Sets misspelt words right, when the index has a word that was likely meant: "trainng", "supervison", "wrok". */
import { stem, words } from "./normalise.ts";
import type { Item } from "./search.ts";

const shortestWord = 5;
// From this length a second slip is forgiven.
const longWord = 8;
// A word that stands in one ask only may be a curator's sample of a misspelling.
const leastUses = 2;
// More unknown words than this are not slips but another subject, or another language.
const mostCorrected = 4;

/** Replaces the unknown words of a question that are a slip away from a known one; the most used of the nearest wins. */
export type Correct = (question: string) => string;

/** Learns the words of the items. A word whose stem is known is never touched. */
export function openCorrect(items: readonly Item[]): Correct {
  const uses = new Map<string, number>();
  for (const { title, asks, words: typed } of items)
    for (const text of [title, ...asks, ...typed])
      for (const word of words(text)) uses.set(word, (uses.get(word) ?? 0) + 1);
  const stems = new Set([...uses.keys()].map(stem));
  const shelves = Map.groupBy(
    [...uses.keys()].filter((word) => word.length >= shortestWord - 1 && (uses.get(word) ?? 0) >= leastUses),
    (word) => shelfOf(word, word.length),
  );

  function meant(word: string): string {
    const allowed = word.length >= longWord ? 2 : 1;
    let best = word;
    let least = allowed + 1;
    for (let size = word.length - allowed; size <= word.length + allowed; size++)
      for (const known of shelves.get(shelfOf(word, size)) ?? []) {
        const slips = slipsBetween(word, known, allowed);
        if (slips > allowed || slips > least) continue;
        if (slips < least || (uses.get(known) ?? 0) > (uses.get(best) ?? 0)) [best, least] = [known, slips];
      }
    return best;
  }

  return (question) => {
    let corrected = 0;
    const spoken = words(question);
    const right = spoken.map((word) => {
      const isSlip =
        word.length >= shortestWord && /^[a-z]+$/.test(word) && !stems.has(stem(word)) && corrected < mostCorrected;
      if (!isSlip) return word;
      corrected++;
      return meant(word);
    });
    return corrected === 0 ? question : right.join(" ");
  };
}

// People seldom miss the first letter; looking only there keeps this a matter of microseconds.
const shelfOf = (word: string, size: number): string => `${word[0]}${size}`;

/** Letters missed, added, changed or swapped with the next (optimal string alignment); stops early past `most`. */
function slipsBetween(from: string, to: string, most: number): number {
  let before: number[] = [];
  let row = Array.from({ length: to.length + 1 }, (_, at) => at);
  for (let i = 1; i <= from.length; i++) {
    const next = [i];
    for (let j = 1; j <= to.length; j++) {
      const same = from[i - 1] === to[j - 1];
      let slips = Math.min((row[j - 1] ?? 0) + (same ? 0 : 1), (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1);
      if (i > 1 && j > 1 && from[i - 1] === to[j - 2] && from[i - 2] === to[j - 1])
        slips = Math.min(slips, (before[j - 2] ?? 0) + 1);
      next.push(slips);
    }
    if (Math.min(...next) > most) return most + 1;
    before = row;
    row = next;
  }
  return row[to.length] ?? 0;
}
