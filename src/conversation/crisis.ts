/** The crisis reply: fixed words and ways to reach a person, nothing else. Needs no search, no storage and no clock. */
import type { Crisis, CrisisContact } from "../knowledge/entry.ts";
import type { Button, Contact, Reply } from "../reply.ts";
import type { Verdict } from "./safety.ts";

/** Pressed when the message was no cry for help. It leads to an invitation to ask again, never back to an answer. */
export const notNowButton: Button = { label: "This is not about risk now", token: "not-now" };

/**
 * The reply to lane `now`. The organisation's own contacts come first, then those of `country` (two letters), then
 * emergency and crisis lines of the other countries, so that nobody has to read through lines they cannot use.
 */
export function crisisReply(
  { wording, contacts }: Pick<Crisis, "wording" | "contacts">,
  verdict: Pick<Verdict, "self" | "found">,
  country: string | null = null,
): Extract<Reply, { kind: "crisis" }> {
  // Both begin with "if": a message about someone else may be about the writer too, and the other way round.
  const about = verdict.self ? [...wording.forSelf, ...wording.forOther] : wording.forOther;
  return {
    kind: "crisis",
    say: [...wording.opening, ...about, ...wording.closing].join("\n"),
    asides: [],
    buttons: [notNowButton],
    contacts: inOrder(contacts, country, usesFor(verdict.found)).map(shown),
  };
}

type Use = CrisisContact["use"];

// Which signs call for a line of their own; the others are for everyone.
const usesBySign: readonly (readonly [sign: string, use: Use])[] = [
  ["child-harm", "child"],
  ["partner-violence", "domestic"],
  ["trafficking", "trafficking"],
];

const usesFor = (found: readonly string[]): ReadonlySet<Use> =>
  new Set<Use>([
    "emergency",
    "suicide",
    "any",
    ...usesBySign.filter(([sign]) => found.includes(sign)).map(([, use]) => use),
  ]);

function inOrder(
  contacts: readonly CrisisContact[],
  country: string | null,
  uses: ReadonlySet<Use>,
): readonly CrisisContact[] {
  const own = contacts.filter((contact) => contact.country === null);
  const near = contacts.filter((contact) => contact.country !== null && contact.country === country);
  const far = contacts.filter((contact) => contact.country !== null && contact.country !== country);
  const byCountry = Map.groupBy(far, (contact) => contact.country);
  return [...own, ...near, ...[...byCountry.values()].flat().filter(({ use }) => uses.has(use))];
}

const shown = ({ name, country, call, text, url, hours }: CrisisContact): Contact => ({
  name,
  country,
  call,
  text,
  url,
  hours,
});
