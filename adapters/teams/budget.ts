/** What fits: the limits of Teams, and a way to find how much of something can be shown. */
import { largest } from "#src/doors/largest.ts";

/** In characters, but for those that say otherwise. */
export const limits = {
  /** Bytes of JSON. Teams takes 28 KB; what is left is for the ids and names around a message. */
  message: 26_000,
  /** Bytes of JSON of a list of what was found. */
  found: 26_000,
  /** Teams shows six actions of a set, and hides the others. */
  actions: 6,
  /** Of the buttons of one row together, so that a telephone shows their words. */
  row: 44,
  title: 60,
  /** Longer ones are left out; none of ours comes near. */
  token: 1_500,
  /** Bytes of all buttons: they never crowd out what they belong to. */
  buttons: 9_000,
  heading: 150,
  citations: 20,
  citationName: 80,
  citationAbstract: 160,
  summary: 150,
  say: 6_000,
  asides: 1_000,
} as const;

/** Bytes as they go over the wire. */
export const sizeOf = (part: unknown): number => Buffer.byteLength(JSON.stringify(part) ?? "");

/** True for a message, or a card, that Teams takes. */
export const fits = (part: unknown): boolean => sizeOf(part) <= limits.message;

/** The largest count, from 0 to `count`, for which what is made fits. Fewer are never larger. */
export const most = (count: number, make: (count: number) => unknown, isRight = fits): number =>
  largest(count, (some) => isRight(make(some)));
