/** Sets the spelling of words that matter to safety right: "suicdal", "goodby", "wnat". Nothing is remembered. */
import { neighbours, words } from "./word-lists.ts";

const shortestWord = 3;
// From this length a second slip is forgiven.
const longWord = 7;

/** The word that was likely meant, or the word itself. */
export function repairSpelling(word: string): string {
  if (word.length < shortestWord || words.has(word) || neighbours.has(word) || !/^[a-z]+$/.test(word)) return word;
  const short = word.replace(drawnOut, "$1");
  return short === word ? nearest(word) : nearest(short, nearest(word.replace(drawnOut, "$1$1"), word));
}

// "diiiie", "suuuicide".
const drawnOut = /([a-z])\1{2,}/g;

function nearest(word: string, otherwise = word): string {
  if (words.has(word)) return word;
  let best = word;
  let bestSlips = 3;
  for (const trace of tracesOf(word)) {
    for (const meant of byTrace.get(trace) ?? []) {
      const allowed = meant.length >= longWord && meant[0] === word[0] ? 2 : 1;
      // Three letters are too few to tell a slip from another word, unless two of them only changed places.
      if (word.length === shortestWord && meant.length === shortestWord && !isSwapped(word, meant)) continue;
      const slips = slipsBetween(word, meant);
      if (slips <= allowed && slips < bestSlips) [best, bestSlips] = [meant, slips];
    }
  }
  return best === word ? otherwise : best;
}

const isSwapped = (a: string, b: string): boolean => [...a].sort().join("") === [...b].sort().join("");

// A word and what is left of it without one letter, or, for long words, without two. Two words a slip apart share one.
function tracesOf(word: string): ReadonlySet<string> {
  const traces = new Set([word, ...withoutOne(word)]);
  if (word.length >= longWord - 1)
    for (const shorter of withoutOne(word)) for (const trace of withoutOne(shorter)) traces.add(trace);
  return traces;
}

const withoutOne = (word: string): readonly string[] =>
  Array.from({ length: word.length }, (_, at) => word.slice(0, at) + word.slice(at + 1));

const byTrace = new Map<string, string[]>();
for (const word of words)
  if (word.length >= shortestWord)
    for (const trace of tracesOf(word)) byTrace.set(trace, [...(byTrace.get(trace) ?? []), word]);

// Letters put in, left out, changed, or swapped with the next (Damerau-Levenshtein), on words of a few letters.
function slipsBetween(a: string, b: string): number {
  let before: number[] = [];
  let above = Array.from({ length: b.length + 1 }, (_, n) => n);
  for (let row = 1; row <= a.length; row++) {
    const here = [row];
    for (let column = 1; column <= b.length; column++) {
      const same = a[row - 1] === b[column - 1] ? 0 : 1;
      let slips = Math.min((above[column] ?? 0) + 1, (here[column - 1] ?? 0) + 1, (above[column - 1] ?? 0) + same);
      if (a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1])
        slips = Math.min(slips, (before[column - 2] ?? 0) + 1);
      here.push(slips);
    }
    before = above;
    above = here;
  }
  return above[b.length] ?? 0;
}
