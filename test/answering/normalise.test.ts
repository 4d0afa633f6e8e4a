/** One way from text to terms, whatever people paste. */

import fc from "fast-check";
import { expect, test } from "vitest";
import { fold, openConcepts, terms, words } from "#src/answering/normalise.ts";
import { maxCharacters } from "#src/turn.ts";

const anyText = fc.oneof(fc.string({ unit: "binary" }), fc.string({ unit: "grapheme" }), fc.string());

test("folding twice changes nothing", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      expect(fold(fold(text))).toBe(fold(text));
    }),
  );
});

test("folded text is never longer than the cap, nor has it invisible characters", () => {
  fc.assert(
    fc.property(anyText, (text) => {
      const folded = fold(text.repeat(3));
      expect(folded.length).toBeLessThanOrEqual(maxCharacters);
      expect(folded).not.toMatch(/[\p{Cc}\p{Cf}]/u);
      expect(folded.isWellFormed()).toBe(true);
    }),
  );
});

test("case, marks, width, quotes and zero-width characters make no difference", () => {
  expect(terms("ＳＵＰＥＲＶＩＳＩＯＮ")).toEqual(terms("supervision"));
  expect(terms("super\u200Bvision")).toEqual(terms("supervision"));
  expect(terms("thérapist’s")).toEqual(terms("therapist's"));
});

test("a negation stays, a question word goes, and words that are all common are kept", () => {
  expect(terms("why is there no training")).toEqual(["no", "train"]);
  expect(terms("who are you")).toEqual(["who", "are", "you"]);
});

test("contractions and possessives are one word", () => {
  expect(words("don't the client's needs we've")).toEqual(["dont", "the", "client", "needs", "we"]);
});

test("a concept is found by stem and by its longest phrase", () => {
  const find = openConcepts([
    { concept: "collaboration", says: ["team up", "joint working"] },
    { concept: "work", says: ["working"] },
  ]);
  expect(find(words("we are teaming up"))).toEqual(["collaboration"]);
  expect(find(words("joint working, and working alone"))).toEqual(["collaboration", "work"]);
});
