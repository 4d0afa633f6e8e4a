/** Entries that words may mean while they are still being typed: a list to choose from, where `ask` would have to decide. */
import type { Entry } from "../knowledge/entry.ts";
import { fold, words } from "./normalise.ts";
import type { Rank } from "./rank.ts";

/** Best first, at most `most`; none where what is typed is nearer to what is not covered. */
export type Find = (typed: string, most: number) => readonly Entry[];

// A word that is half typed is read as the likeliest words that begin so.
const completions = 3;
const shortestStart = 2;
// Entries below this share of the best score, that of a boundary too, have little to do with what is typed.
const leastShare = 0.4;

/** Opens it over the entries, which are the first of the items that `rank` was opened with. */
export function openFind(entries: readonly Entry[], rank: Rank): Find {
  const lexicon = lexiconOf(entries);
  return (typed, most) => {
    const scores = new Map<number, number>();
    let best = 0;
    for (const reading of readingsOf(typed, lexicon)) {
      for (const { index, score } of rank(reading).ranked) {
        best = Math.max(best, score);
        if (index < entries.length) scores.set(index, Math.max(score, scores.get(index) ?? 0));
      }
    }
    return [...scores]
      .filter(([, score]) => score >= best * leastShare)
      .toSorted(([, a], [, b]) => b - a)
      .slice(0, most)
      .flatMap(([index]) => entries[index] ?? []);
  };
}

/** What is typed; and, where its last word is none that we know, the same with that word completed. */
function readingsOf(typed: string, lexicon: readonly string[]): readonly string[] {
  // A space after it says that the word is whole.
  const start = /\s$/.test(typed) ? undefined : words(typed).at(-1);
  if (start === undefined || start.length < shortestStart || lexicon.includes(start)) return [typed];
  const whole = lexicon.filter((word) => word.startsWith(start)).slice(0, completions);
  const before = fold(typed).slice(0, -start.length);
  return [...whole.map((word) => before + word), typed];
}

/** Words of titles and of ways to ask, the most frequent first. */
function lexiconOf(entries: readonly Entry[]): readonly string[] {
  const counts = new Map<string, number>();
  for (const { title, asks, words: also } of entries)
    for (const word of words([title, ...asks, ...also].join(" "))) counts.set(word, (counts.get(word) ?? 0) + 1);
  return [...counts].toSorted(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)).map(([word]) => word);
}
