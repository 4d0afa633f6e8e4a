/** What `doctor` says of the knowledge: its findings, and whom the crisis reply can name. */

import { type CheckLine, error, ok, warning } from "#src/check-line.ts";
import { BearingsError } from "#src/errors.ts";
import { contactAges } from "#src/knowledge/contact-rules.ts";
import type { CrisisContact, Finding } from "#src/knowledge/entry.ts";
import { lintKnowledge } from "#src/knowledge/lint.ts";
import { loadKnowledge } from "#src/knowledge/load.ts";

/** The lines for folders of knowledge, ours first. `today` is YYYY-MM-DD. */
export async function knowledgeLines(dirs: readonly string[], today: string): Promise<readonly CheckLine[]> {
  try {
    const findings = await lintKnowledge(dirs, today);
    const { knowledge } = await loadKnowledge(dirs);
    if (knowledge === null) return [findingLine(findings)];
    const { contacts } = knowledge.crisis;
    return [findingLine(findings), ageLine(contacts, today), ownLine(contacts)];
  } catch (thrown) {
    if (!(thrown instanceof BearingsError)) throw thrown;
    return [error("knowledge", thrown.message, thrown.fix)];
  }
}

const fix = "Run `npm run lint`: it names each place and says what to type.";

function findingLine(findings: readonly Finding[]): CheckLine {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const warnings = findings.length - errors;
  const says = `lint finds ${count(errors, "error")} and ${count(warnings, "warning")}.`;
  if (errors > 0) return error("knowledge", says, fix);
  return warnings > 0 ? warning("knowledge", says, fix) : ok("knowledge", says);
}

const count = (number: number, what: string): string => `${number} ${what}${number === 1 ? "" : "s"}`;

/** A number that no longer answers is worse than none. */
function ageLine(contacts: readonly CrisisContact[], today: string): CheckLine {
  const check = "crisis contacts";
  if (contacts.length === 0) return error(check, "there is none.", "Add them: docs/safety.md says how.");
  const { old, oldestDays, isTooOld } = contactAges(contacts, today);
  const all = `${count(contacts.length, "contact")}, the oldest checked ${count(oldestDays, "day")} ago`;
  if (old === 0) return ok(check, `${all}.`);
  const remedy = "Check each on its source page and write today's date: `npm run lint` names them.";
  const says = `${all}; ${old} not within three months.`;
  return isTooOld ? error(check, says, remedy) : warning(check, says, remedy);
}

function ownLine(contacts: readonly CrisisContact[]): CheckLine {
  if (contacts.some(({ country }) => country === null))
    return ok("crisis contact", "the crisis reply names a contact of your own organisation.");
  return warning(
    "crisis contact",
    "the crisis reply names no contact of your own organisation.",
    "Add one: docs/safety.md says how.",
  );
}
