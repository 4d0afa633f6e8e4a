/** What `doctor` says of the knowledge: its findings, and whom the crisis reply can name. */
import { BearingsError } from "#src/errors.ts";
import type { Finding } from "#src/knowledge/entry.ts";
import { lintKnowledge } from "#src/knowledge/lint.ts";
import { loadKnowledge } from "#src/knowledge/load.ts";
import { type CheckLine, error, ok, warning } from "./doctor-lines.ts";

/** The lines for folders of knowledge, ours first. `today` is YYYY-MM-DD. */
export async function knowledgeLines(dirs: readonly string[], today: string): Promise<readonly CheckLine[]> {
  try {
    const findings = await lintKnowledge(dirs, today);
    const { knowledge } = await loadKnowledge(dirs);
    if (knowledge === null) return [findingLine(findings), ...contactLine(null)];
    return [findingLine(findings), ...contactLine(knowledge.crisis.contacts)];
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

/** Null where the knowledge cannot be used, which is told already. */
function contactLine(contacts: readonly { readonly country: string | null }[] | null): readonly CheckLine[] {
  if (contacts === null) return [];
  if (contacts.some(({ country }) => country === null))
    return [ok("crisis contact", "the crisis reply names a contact of your own organisation.")];
  return [
    warning(
      "crisis contact",
      "the crisis reply names no contact of your own organisation.",
      "Add one: docs/safety.md says how.",
    ),
  ];
}
