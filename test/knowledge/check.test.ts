import { expect, test } from "vitest";
import { changed, findingsIn, goodFolder, textsOf } from "../helpers/knowledge.ts";

const good = textsOf(goodFolder);
const entries = "entries/birds.yaml";

test("the good folder has no findings", () => {
  expect(findingsIn(good)).toEqual([]);
});

test("a finding never quotes the text it is about", () => {
  const secret = "Jane Doe 416 555 0100";
  for (const [name, text] of good) {
    for (const line of text.split("\n").filter((one) => one.includes(": "))) {
      const texts = changed(good, name, line, `${line.slice(0, line.indexOf(": "))}: "${secret}"`);
      expect(JSON.stringify(findingsIn(texts)), line).not.toContain("Doe");
    }
  }
});

test("an unknown id is answered with the nearest one", () => {
  const [finding] = findingsIn(changed(good, entries, "related: [song]", "related: [sonng]"));
  expect(finding?.fix).toMatch(/^Did you mean 'song'\?/);
});

test("nothing is called unknown that a refused file may hold", () => {
  const codes = findingsIn(changed(good, "sources.yaml", "force: may", "force: could")).map(({ code }) => code);
  expect(codes).toEqual(["schema"]);
});

test("a year, a date, an age and a DOI in an answer are no telephone numbers", () => {
  for (const words of [
    "The years are 2010 to 2020, or 2010–2020.",
    "It was read on 2026-11-20.",
    "They studied 1,234 birds, 56 of them young.",
    "See 10.1186/s12888-021-03456 for birds.",
  ])
    expect(findingsIn(changed(good, entries, "says: Birds sing in the morning.", `says: ${words}`))).toEqual([]);
});

test("an overview that cites four passages may be longer than another answer", () => {
  const long = (passages: string): string =>
    Array.from({ length: 9 }, () => `    - says: ${"Birds sing all day. ".repeat(5)}\n      from: [${passages}]`).join(
      "\n",
    );
  const answer = "    - says: Birds sing in the morning.\n      from: [P01]";
  const codes = (passages: string): readonly string[] =>
    findingsIn(changed(good, entries, answer, long(passages))).map(({ code }) => code);
  expect(codes("P01")).toContain("overlong-answer");
  expect(codes("P01, P02, P03, P04")).toEqual([]);
});

test("an answer above school year 14 is a warning, above 17 an error", () => {
  const level = (words: string): string | undefined =>
    findingsIn(changed(good, entries, "says: Birds sing in the morning.", `says: ${words}`)).find(
      ({ code }) => code === "reading-level",
    )?.severity;
  expect(
    level(
      "Regular professional supervision supports mental health professionals and their families after particularly difficult experiences.",
    ),
  ).toBe("warning");
  expect(
    level(
      "Organisational accessibility necessitates interdisciplinary collaboration, facilitating appropriate opportunities.",
    ),
  ).toBe("error");
});

test("a strong word in a quoted title, or one that says who is meant, is no advice", () => {
  for (const words of [
    "The title is “Birds must sing”.",
    "The title is 'Birds should sing'.",
    "It is for birds who need to sing.",
  ])
    expect(findingsIn(changed(good, entries, "says: Birds sing in the morning.", `says: ${words}`))).toEqual([]);
});

test("a phrase of the vocabulary that stands in two concepts is found", () => {
  const [finding] = findingsIn(changed(good, "vocabulary.yaml", "says: [garden, yard]", "says: [garden, Songbird]"));
  expect(finding?.code).toBe("same-phrase");
});

test("a source may be written by a body instead of people", () => {
  const [author = ""] = /author:\n(?: {6}.*\n)+/.exec(good.get("sources.yaml") ?? "") ?? [];
  expect(author).not.toBe("");
  expect(findingsIn(changed(good, "sources.yaml", author, "author:\n      - { literal: A bird society }\n"))).toEqual(
    [],
  );
});
