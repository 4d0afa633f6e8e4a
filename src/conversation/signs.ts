/** Finds signs in a sentence: phrases with slots, matched on whole words. Every phrase costs the same on every text. */
import type { Sign } from "../knowledge/entry.ts";
import { longestSentence, type Words } from "./reading.ts";
import { wordsOfClass } from "./word-classes.ts";

/** The ids of the signs that a sentence shows, each once. Words past the longest sentence are not looked at. */
export type FindSigns = (words: Words) => readonly string[];

/** `gap`: up to three words of any kind may stand before it. */
type Step = { readonly slot: number; readonly gap: boolean };
type Phrase = { readonly id: string; readonly steps: readonly Step[] };

/**
 * Compiles signs. In a phrase `kill|hurt` is either word, `suicid*` any word that starts so, `SELF` a class of
 * word-classes.ts, `..` up to three words of any kind between two others.
 */
export function openSigns(signs: readonly Sign[]): FindSigns {
  const slots = openSlots();
  const byRarest = new Map<number, Phrase[]>();
  for (const { id, says } of signs)
    for (const text of says) {
      const steps = stepsOf(text, slots.number);
      // Looked at only where its rarest slot is filled: "he" begins too many.
      const [rarest] = steps.map(({ slot }) => slot).sort((a, b) => slots.size(a) - slots.size(b));
      if (rarest !== undefined) byRarest.set(rarest, [...(byRarest.get(rarest) ?? []), { id, steps }]);
    }
  // For each slot, a bit for each word of the sentence that fits it.
  const places = new Int32Array(slots.count());
  return (words) => {
    const touched = mark(words, slots.of, places);
    const found = new Set<string>();
    for (const slot of touched)
      for (const { id, steps } of byRarest.get(slot) ?? nothing)
        if (!found.has(id) && fits(steps, places)) found.add(id);
    for (const slot of touched) places[slot] = 0;
    return [...found];
  };
}

const nothing: readonly Phrase[] = [];

function mark(words: Words, slotsOf: (word: string) => readonly number[], places: Int32Array): readonly number[] {
  const touched: number[] = [];
  const last = Math.min(words.length, longestSentence);
  for (let at = 0; at < last; at++)
    for (const slot of slotsOf(words[at] ?? "")) {
      const before = places[slot] ?? 0;
      if (before === 0) touched.push(slot);
      places[slot] = before | (1 << at);
    }
  return touched;
}

function stepsOf(text: string, numberOf: (slot: string) => number): readonly Step[] {
  const steps: Step[] = [];
  let gap = false;
  for (const part of text.trim().split(/\s+/)) {
    if (part !== "..") steps.push({ slot: numberOf(part), gap });
    gap = part === "..";
  }
  return steps;
}

/** Slots are numbered, so that equal ones in different phrases are looked up once. */
function openSlots() {
  const numbers = new Map<string, number>();
  const byWord = new Map<string, number[]>();
  const byStart: (readonly [start: string, slot: number])[] = [];
  const sizes: number[] = [];
  const none: readonly number[] = [];
  return {
    count: () => numbers.size,
    size: (slot: number) => sizes[slot] ?? 0,
    number: (text: string): number => {
      const known = numbers.get(text);
      if (known !== undefined) return known;
      const slot = numbers.size;
      numbers.set(text, slot);
      sizes.push(0);
      for (const part of new Set(text.split("|")))
        if (part.endsWith("*")) byStart.push([part.slice(0, -1), slot]);
        else
          for (const word of wordsOfClass(part) ?? [part]) {
            sizes[slot] = (sizes[slot] ?? 0) + 1;
            const slots = byWord.get(word);
            if (slots === undefined) byWord.set(word, [slot]);
            else slots.push(slot);
          }
      return slot;
    },
    of: (word: string): readonly number[] => {
      const whole = byWord.get(word) ?? none;
      if (!byStart.some(([start]) => word.startsWith(start))) return whole;
      return [...whole, ...byStart.filter(([start]) => word.startsWith(start)).map(([, slot]) => slot)];
    },
  };
}

// Where the phrase, as far as it has been read, may end: all places at once, so that no text makes it try again.
function fits(steps: readonly Step[], places: Int32Array): boolean {
  let ends = -1;
  let isFirst = true;
  for (const { slot, gap } of steps) {
    const next = ends << 1;
    const may = gap ? next | (next << 1) | (next << 2) | (next << 3) : next;
    ends = (places[slot] ?? 0) & (isFirst ? -1 : may);
    if (ends === 0) return false;
    isFirst = false;
  }
  return true;
}
