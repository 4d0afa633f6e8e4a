/** Rules about the words somebody reads in danger: sober, plain, and by the safe-messaging guidelines (docs/safety.md). */
import type { Documents } from "./documents.ts";
import type { CrisisWording, Finding } from "./entry.ts";
import { error, named, type Place, warning } from "./finding.ts";
import { readingGrade } from "./reading.ts";
import { markFindings, spellingFindings } from "./style.ts";

// Somebody in danger reads worse than on other days; primary school has to be enough.
const hardestGrade = 7;
// The aside is one sentence beside an ordinary reply. In a text that short one long word ("emergency") is worth two grades.
const hardestAside = 9;

type Rule = { readonly code: string; readonly words: RegExp; readonly fix: string };

const rules: readonly Rule[] = [
  {
    code: "crisis-banned",
    words: /\bcommit(?:s|ted|ting)? suicide\b|\b(?:successful(?:ly)?|failed|unsuccessful) (?:attempts?|suicides?)\b/i,
    fix: "Say 'died by suicide' or 'attempted suicide', or nothing of it.",
  },
  {
    code: "crisis-method",
    words:
      /\b(?:overdos\w*|hang(?:ing|ed)?|hung|pills?|tablets?|medication|razors?|knife|knives|guns?|rope|ligature|poison\w*|drown\w*|shoot\w*|cutting|slash\w*|suffocat\w*|jump(?:ing|ed)?|bleach)\b/i,
    fix: "Name no method.",
  },
  {
    code: "crisis-cheer",
    words:
      /\b(?:great|awesome|amazing|wonderful|fantastic|lovely|excited|happy to|glad to|no worries|good news|cheers|cheer up|yay|hooray|enjoy|have a nice|thanks for reaching out)\b/i,
    fix: "Say it soberly.",
  },
];

const groups = ["opening", "forSelf", "forOther", "closing"] as const;

/** Wording rules for the crisis reply; every one is an error, but for an aside that is a little too hard to read. */
export const crisisWordingFindings = ({ crisis }: Documents): readonly Finding[] =>
  crisis.flatMap(({ value: { wording }, placeOf }) => {
    if (wording === undefined) return [];
    const lines = groups.flatMap((group) =>
      wording[group].map((says, index) => ({ says, at: () => placeOf(["wording", group, index]) })),
    );
    lines.push({ says: wording.aside, at: () => placeOf(["wording", "aside"]) });
    return [
      ...lines.flatMap(({ says, at }) => lineFindings(says, at)),
      ...emptyOpening(wording, () => placeOf(["wording", "opening"])),
      ...hardReading(wording, () => placeOf(["wording"])),
      ...hardAside(wording, () => placeOf(["wording", "aside"])),
    ];
  });

const lineFindings = (says: string, at: () => Place): readonly Finding[] => [
  ...markFindings(says, error, at),
  ...spellingFindings(says, at),
  ...rules.flatMap(({ code, words, fix }) => {
    const found = words.exec(says)?.[0];
    return found === undefined ? [] : [error({ code, at: at(), message: `${named(found)} does not belong here`, fix })];
  }),
];

const emptyOpening = ({ opening }: CrisisWording, at: () => Place): readonly Finding[] =>
  opening.length > 0
    ? []
    : [
        error({
          code: "crisis-opening",
          at: at(),
          message: "there is no first sentence",
          fix: "Say what to do first.",
        }),
      ];

/** Read as one text, as the person does: one short line with one long word would jump between grades. */
function hardReading(wording: CrisisWording, at: () => Place): readonly Finding[] {
  const grade = readingGrade(groups.flatMap((group) => wording[group]).join(" "));
  return grade > hardestGrade ? [error(hard(grade, at()))] : [];
}

function hardAside({ aside }: CrisisWording, at: () => Place): readonly Finding[] {
  const grade = readingGrade(aside);
  if (grade <= hardestGrade) return [];
  return [(grade > hardestAside ? error : warning)(hard(grade, at()))];
}

const hard = (grade: number, at: Place) => ({
  code: "reading-level",
  at,
  message: `the wording reads at school year ${grade.toFixed(1)}; ${hardestGrade} is the most`,
  fix: "Use shorter sentences and shorter words.",
});
