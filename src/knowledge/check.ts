/** All rules about documents that keep to their schemas. Pure: the day is a parameter. */
import { askFindings } from "./asks.ts";
import { bankFindings } from "./bank-rules.ts";
import { contactFindings } from "./contact-rules.ts";
import { crisisWordingFindings } from "./crisis-wording.ts";
import type { Documents } from "./documents.ts";
import type { Finding } from "./entry.ts";
import { error, named, tidied, warning } from "./finding.ts";
import { holidayFindings } from "./holiday-rules.ts";
import { structureFindings } from "./structure.ts";
import { wordingFindings } from "./wording.ts";

/** Every finding at once, sorted by file and line. `today` is YYYY-MM-DD. */
export function check(documents: Documents, today: string): readonly Finding[] {
  return tidied([
    ...structureFindings(documents),
    ...unusedPassages(documents),
    ...orphanBoundaries(documents),
    ...futureReviews(documents, today),
    ...askFindings(documents),
    ...wordingFindings(documents),
    ...crisisWordingFindings(documents),
    ...contactFindings(documents, today),
    ...holidayFindings(documents, today),
    ...bankFindings(documents),
  ]);
}

function unusedPassages({ sources, entries, refused }: Documents): readonly Finding[] {
  if (refused.has("entries")) return [];
  const used = new Set(
    entries.flatMap(({ value }) => value.flatMap(({ answer }) => answer.flatMap(({ from }) => [...from]))),
  );
  return sources.flatMap(({ value, placeOf }) =>
    value.flatMap(({ passages }, s) =>
      passages.flatMap(({ id }, p) =>
        used.has(id)
          ? []
          : [
              warning({
                code: "unused-passage",
                at: placeOf([s, "passages", p, "id"]),
                message: `no entry rests on the passage ${named(id)}`,
                fix: "Cite it in an entry, or write one about it.",
              }),
            ],
      ),
    ),
  );
}

function orphanBoundaries({ boundaries }: Documents): readonly Finding[] {
  return boundaries.flatMap(({ value, placeOf }) =>
    value.flatMap(({ id, scope, nearest }, b) =>
      scope === "outside" || nearest.length > 0
        ? []
        : [
            error({
              code: "orphan-boundary",
              at: placeOf([b, "nearest"]),
              message: `the boundary ${named(id)} leads to no entry`,
              fix: "Name under nearest at least one entry to offer instead.",
            }),
          ],
    ),
  );
}

function futureReviews({ entries }: Documents, today: string): readonly Finding[] {
  return entries.flatMap(({ value, placeOf }) =>
    value.flatMap(({ id, reviewed }, e) =>
      reviewed <= today
        ? []
        : [
            error({
              code: "future-date",
              at: placeOf([e, "reviewed"]),
              message: `the entry ${named(id)} is reviewed on a day to come`,
              fix: "Write the day on which somebody last read it against its source.",
            }),
          ],
    ),
  );
}
