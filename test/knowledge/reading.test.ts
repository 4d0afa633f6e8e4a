import { expect, test } from "vitest";
import { readingGrade, syllablesIn } from "#src/knowledge/reading.ts";

test.each(
  Object.entries({
    the: 1,
    people: 2,
    care: 1,
    themes: 1,
    services: 3,
    experiences: 5,
    needed: 2,
    trained: 1,
    table: 2,
    refugee: 3,
    clients: 2,
    being: 2,
    studying: 3,
    social: 2,
    language: 2,
    appropriate: 4,
    individual: 5,
    evaluation: 5,
    professionals: 4,
    supervision: 4,
    qualitative: 4,
    "migrants'": 2,
  }),
)("%s has %i syllables", (word, syllables) => {
  expect(syllablesIn(word)).toBe(syllables);
});

test("a text without words reads at no grade", () => {
  expect(readingGrade("")).toBe(0);
  expect(readingGrade("… 12, 13.")).toBe(0);
});

test("longer words and longer sentences read harder", () => {
  const easy = readingGrade("Birds sing. Cats sleep. We walk home.");
  const longer = readingGrade("Birds sing and cats sleep while we walk home to the house by the lake.");
  const harder = readingGrade("Organisational accessibility necessitates interdisciplinary collaboration.");
  expect(easy).toBeLessThan(longer);
  expect(longer).toBeLessThan(harder);
});
