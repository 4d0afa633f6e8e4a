/** Rules about the days that a team lists, beyond what their schema says. */
import type { Doc, Documents } from "./documents.ts";
import type { Finding, Holiday } from "./entry.ts";
import { error, named, type Place, placeText, warning } from "./finding.ts";
import { markFindings } from "./style.ts";

/** `same-day`: a day that one file lists twice. That two folders list it is no slip. */
export const sameDayFindings = ({ holidays }: Documents): readonly Finding[] => holidays.flatMap(twiceIn);

function twiceIn({ value, placeOf }: Doc<readonly Holiday[]>): readonly Finding[] {
  const first = new Map<string, Place>();
  return value.flatMap(({ date }, index) => {
    const at = placeOf([index, "date"]);
    const before = first.get(date);
    if (before === undefined) {
      first.set(date, at);
      return [];
    }
    const message = `the day ${named(date)} is already at ${placeText(before)}`;
    return [error({ code: "same-day", at, message, fix: "Correct one of the two dates, or delete one of them." })];
  });
}

/** `past-holidays`: a file whose days are all over, relative to `today` (YYYY-MM-DD); and marks in names. */
export const holidayFindings = ({ holidays }: Documents, today: string): readonly Finding[] =>
  holidays.flatMap((doc) => [
    ...doc.value.flatMap(({ name }, index) => markFindings(name, error, () => doc.placeOf([index, "name"]))),
    ...pastFindings(doc, today),
  ]);

/** Reminders leave out the listed days alone, so a list that has run out is no longer any help. */
function pastFindings({ value, placeOf }: Doc<readonly Holiday[]>, today: string): readonly Finding[] {
  if (value.length === 0 || value.some(({ date }) => date >= today)) return [];
  const at = placeOf([value.length - 1, "date"]);
  const message = "every day listed here is over";
  return [warning({ code: "past-holidays", at, message, fix: "Add the days to come, such as those of next year." })];
}
