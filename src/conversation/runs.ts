/** Runs of words: single ones, neighbours, and two with one between, with people and times replaced by what they stand for. */
import type { Words } from "./reading.ts";
import { standIn } from "./word-classes.ts";

/** Names of the runs in a sentence: "w:she", "c:want to", "c:end _ life". May name one twice. */
export type FindRuns = (words: Words) => readonly string[];

/** All runs there are: for fitting. */
export const allRuns: FindRuns = (words) => {
  const row = rowOf(words);
  // A word that stands for itself is in the row already.
  const found = words.filter((word) => standIn(word) !== word).map((word) => `w:${word}`);
  for (let at = 0; at < row.length; at++) {
    const [one = "", two, three] = row.slice(at, at + 3);
    found.push(`c:${one}`);
    if (two !== undefined) found.push(`c:${one} ${two}`);
    if (three !== undefined) found.push(`c:${one} _ ${three}`);
  }
  return found;
};

/** Only runs of these names: the same as filtering `allRuns`, but without building a name for each run of a text. */
export function openRuns(names: Iterable<string>): FindRuns {
  const words = new Map<string, string>();
  const singles = new Map<string, string>();
  const next = new Map<string, Map<string, string>>();
  const later = new Map<string, Map<string, string>>();
  for (const name of names) {
    const parts = name.slice(2).split(" ");
    const [one = "", two = "", three] = parts;
    if (name.startsWith("w:")) words.set(one, name);
    else if (!name.startsWith("c:")) continue;
    else if (parts.length === 1) singles.set(one, name);
    else if (three === undefined) nested(next, one).set(two, name);
    else nested(later, one).set(three, name);
  }
  return (sentence) => {
    const row = rowOf(sentence);
    const found: (string | undefined)[] = sentence.map((word) => words.get(word));
    for (let at = 0; at < row.length; at++) {
      const one = row[at] ?? "";
      found.push(singles.get(one), next.get(one)?.get(row[at + 1] ?? ""), later.get(one)?.get(row[at + 2] ?? ""));
    }
    return found.filter((name) => name !== undefined);
  };
}

const rowOf = (words: Words): Words => ["^", ...words.map(standIn), "$"];

function nested(outer: Map<string, Map<string, string>>, key: string): Map<string, string> {
  const known = outer.get(key);
  if (known !== undefined) return known;
  const made = new Map<string, string>();
  outer.set(key, made);
  return made;
}
