/** Marks, spellings and telephone numbers that the words people read do without. */
import type { Finding } from "./entry.ts";
import { named, type Place, warning } from "./finding.ts";

/** `exclamation` and `emoji`, as errors or warnings. */
export function markFindings(text: string, make: typeof warning, at: () => Place): readonly Finding[] {
  const findings: Finding[] = [];
  if (text.includes("!")) {
    findings.push(
      make({ code: "exclamation", at: at(), message: "there is an exclamation mark", fix: "End it with a full stop." }),
    );
  }
  if (emoji.test(text)) {
    findings.push(make({ code: "emoji", at: at(), message: "there is an emoji", fix: "Say it in words." }));
  }
  return findings;
}

const emoji = /\p{Emoji_Presentation}|\u{fe0f}/u;

/** `phone-in-answer`: a number in a text ages unseen; contacts have a place of their own, where each is dated and checked. */
export function phoneFindings(text: string, at: () => Place): readonly Finding[] {
  if (!text.match(phone)?.some((number) => !dates.test(number)) && !shortNumber.test(text)) return [];
  const message = "this looks like a telephone number";
  return [
    warning({
      code: "phone-in-answer",
      at: at(),
      message,
      fix: "Put it under contacts in crisis.yaml, or take it out.",
    }),
  ];
}

// Seven digits or more, in groups or not; not inside a DOI or an address.
const phone = /(?<![\p{L}\d./-])\+?\(?\d(?:[\s().\p{Pd}]{0,2}\d){6,}(?![\p{L}\d])/gu;
const dates = /^(?:\d{4}-\d\d-\d\d|(?:19|20)\d\d[\s\p{Pd}]+(?:19|20)\d\d)$/u;
const shortNumber =
  /\b(?:call|dial|phone|ring|text|telephone)\b[\s:]*(?:on |at |to |number )?["“']?(?:\d[\p{Pd} ]?){3,}/iu;

// Clear cases only: -ize is good British spelling too, and program, practice and license depend on their meaning.
const british: Readonly<Record<string, string>> = {
  behavior: "behaviour",
  behaviors: "behaviours",
  behavioral: "behavioural",
  center: "centre",
  centers: "centres",
  centered: "centred",
  color: "colour",
  colors: "colours",
  counseling: "counselling",
  counselor: "counsellor",
  counselors: "counsellors",
  defense: "defence",
  enrollment: "enrolment",
  favor: "favour",
  favorite: "favourite",
  fulfill: "fulfil",
  honor: "honour",
  labor: "labour",
  neighbor: "neighbour",
  neighborhood: "neighbourhood",
  skillful: "skilful",
  traveled: "travelled",
  traveling: "travelling",
  analyze: "analyse",
  analyzed: "analysed",
  analyzing: "analysing",
};

/** `spelling`: American spellings, each with the British one. */
export const spellingFindings = (text: string, at: () => Place): readonly Finding[] =>
  (text.toLowerCase().match(/[a-z]+/g) ?? []).flatMap((word) => {
    const better = Object.hasOwn(british, word) ? british[word] : undefined;
    if (better === undefined) return [];
    return [
      warning({
        code: "spelling",
        at: at(),
        message: `${named(word)} is American spelling`,
        fix: `Write '${better}'.`,
      }),
    ];
  });
