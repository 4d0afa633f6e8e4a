/** The rule against advice that no source gives: a sentence may not put it more strongly than the passages it cites. */
import type { Finding, Force, Sentence } from "./entry.ts";
import { error, named, type Place } from "./finding.ts";
import { withoutTitles } from "./titles.ts";

/** Words that oblige, and the forces of a passage that carry them. "May" and "can" need none. */
const strong: readonly { readonly word: RegExp; readonly carriedBy: readonly Force[] }[] = [
  { word: /\b(?:must)\b/i, carriedBy: ["must"] },
  {
    word: /\b(?:should|ought to|recommend(?:s|ed)?|(?<!\bwho )(?:needs?|have|has) to|essential|always|never)\b/i,
    carriedBy: ["should", "must"],
  },
];

/** `advice-verb`: a word stronger than every passage that the sentence rests on. Titles in quotation marks are exempt. */
export function strengthFindings(
  { says, from }: Sentence,
  forces: ReadonlyMap<string, Force>,
  at: () => Place,
): readonly Finding[] {
  const own = withoutTitles(says);
  const cited = from.map((id) => forces.get(id));
  // A passage that is not there is a finding of its own.
  if (cited.includes(undefined)) return [];
  return strong.flatMap(({ word, carriedBy }) => {
    const found = word.exec(own)?.[0];
    if (found === undefined || cited.some((force) => force !== undefined && carriedBy.includes(force))) return [];
    return [
      error({
        code: "advice-verb",
        at: at(),
        message: `${named(found)} is stronger than the passages cited (${from.join(", ")})`,
        fix: `Say it as the passage does, or cite one whose force is ${carriedBy.join(" or ")}.`,
      }),
    ];
  });
}
