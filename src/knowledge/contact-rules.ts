/** Rules about crisis contacts: a number that no longer answers is worse than none. */
import type { Documents } from "./documents.ts";
import type { CrisisContact, Finding } from "./entry.ts";
import { error, named, type Place, warning } from "./finding.ts";
import { markFindings } from "./style.ts";

const dayMs = 24 * 60 * 60 * 1_000;

// Checked every quarter; half a year is too long for a number that somebody may call tonight.
const warnAfterDays = 90;
const refuseAfterDays = 180;

/** How many of the contacts were not checked for a quarter, and for how many days the oldest was not. `today` is YYYY-MM-DD. */
export function contactAges(
  contacts: readonly CrisisContact[],
  today: string,
): { readonly old: number; readonly oldestDays: number; readonly isTooOld: boolean } {
  const ages = contacts.map(({ verified }) => daysSince(verified, today));
  const oldestDays = Math.max(0, ...ages);
  return {
    old: ages.filter((days) => days > warnAfterDays).length,
    oldestDays,
    isTooOld: oldestDays > refuseAfterDays,
  };
}

const daysSince = (verified: string, today: string): number =>
  Math.round((Date.parse(today) - Date.parse(verified)) / dayMs);

/** `future-date` and `stale-contact`, relative to `today` (YYYY-MM-DD), and marks in names and hours. */
export const contactFindings = ({ crisis }: Documents, today: string): readonly Finding[] =>
  crisis.flatMap(({ value: { contacts }, placeOf }) =>
    contacts.flatMap((contact, index) => [
      ...markFindings(contact.name, error, () => placeOf(["contacts", index, "name"])),
      ...markFindings(contact.hours ?? "", error, () => placeOf(["contacts", index, "hours"])),
      ...ageFindings(contact, today, () => placeOf(["contacts", index, "verified"])),
    ]),
  );

function ageFindings({ name, verified }: CrisisContact, today: string, at: () => Place): readonly Finding[] {
  const days = daysSince(verified, today);
  if (days < 0) {
    const message = `the contact ${named(name)} is verified on a day to come`;
    return [error({ code: "future-date", at: at(), message, fix: "Write the day on which it was last checked." })];
  }
  if (days <= warnAfterDays) return [];
  const make = days > refuseAfterDays ? error : warning;
  const message = `the contact ${named(name)} was last checked ${days} days ago`;
  return [
    make({ code: "stale-contact", at: at(), message, fix: "Check it on its source page and write today's date." }),
  ];
}
