/** Rules about the curated words that people read: no longer, harder or stronger than they may be, and plain. */
import type { Documents } from "./documents.ts";
import type { Entry, Finding, Sentence } from "./entry.ts";
import { error, named, type Place, warning } from "./finding.ts";
import { readingGrade } from "./reading.ts";
import { strengthFindings } from "./strength.ts";
import { markFindings, phoneFindings, spellingFindings } from "./style.ts";
import { withoutTitles } from "./titles.ts";

// A sentence is read aloud by a screen reader and quoted in a narrow chat window.
const mostWords = 30;
const mostCharacters = 220;

// An answer that gathers four passages or more is an overview, and may be as long as two.
const longestAnswer = 700;
const longestOverview = 1_300;
const overviewFrom = 4;

// Years of school. The field's own words (supervision, professionals) already put an honest short sentence at 10 to 12.
const hardGrade = 14;
const tooHardGrade = 17;

/** `overlong-answer`, `reading-level`, `advice-verb`, `phone-in-answer`, and marks and spelling in all that people see. */
export function wordingFindings(documents: Documents): readonly Finding[] {
  const forces = new Map(
    documents.sources.flatMap(({ value }) =>
      value.flatMap(({ passages }) => passages.map(({ id, force }) => [id, force])),
    ),
  );
  return [
    // The gists are shown under an answer.
    ...documents.sources.flatMap(({ value, placeOf }) =>
      value.flatMap(({ passages }, s) =>
        passages.flatMap(({ gist }, p) => plain(withoutTitles(gist), () => placeOf([s, "passages", p, "gist"]))),
      ),
    ),
    ...documents.entries.flatMap(({ value, placeOf }) =>
      value.flatMap((entry, e) => [
        ...plain(entry.title, () => placeOf([e, "title"])),
        ...whole(entry, () => placeOf([e, "answer"])),
        ...entry.answer.flatMap((sentence, s) => {
          const at = (): Place => placeOf([e, "answer", s, "says"]);
          return [
            ...long(sentence, at),
            ...plain(sentence.says, at),
            ...strengthFindings(sentence, forces, at),
            ...phoneFindings(sentence.says, at),
          ];
        }),
      ]),
    ),
    ...documents.boundaries.flatMap(({ value, placeOf }) =>
      value.flatMap(({ topic }, b) => plain(topic, () => placeOf([b, "topic"]))),
    ),
  ];
}

const plain = (text: string, at: () => Place): readonly Finding[] => [
  ...markFindings(text, warning, at),
  ...spellingFindings(text, at),
];

function long({ says }: Sentence, at: () => Place): readonly Finding[] {
  const words = says.split(" ").length;
  if (words <= mostWords && says.length <= mostCharacters) return [];
  const message = `the sentence has ${words} words and ${says.length} characters; ${mostWords} and ${mostCharacters} are the most`;
  return [error({ code: "overlong-answer", at: at(), message, fix: "Make two sentences of it." })];
}

function whole({ id, answer }: Entry, at: () => Place): readonly Finding[] {
  const text = answer.map(({ says }) => says).join(" ");
  const cited = new Set(answer.flatMap(({ from }) => [...from])).size;
  const most = cited >= overviewFrom ? longestOverview : longestAnswer;
  const findings: Finding[] = [];
  if (text.length > most) {
    const message = `the answer of ${named(id)} has ${text.length} characters; ${most} are the most`;
    findings.push(error({ code: "overlong-answer", at: at(), message, fix: "Shorten it, or make two entries of it." }));
  }
  const grade = readingGrade(withoutTitles(text));
  if (grade > hardGrade) {
    const make = grade > tooHardGrade ? error : warning;
    const message = `the answer of ${named(id)} reads at school year ${Math.round(grade)}`;
    findings.push(make({ code: "reading-level", at: at(), message, fix: "Use shorter sentences and shorter words." }));
  }
  return findings;
}
