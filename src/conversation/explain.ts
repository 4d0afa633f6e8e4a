/** Says why a question gets the reply it gets: for curators and for the curious, never for a log. */
import type { Known } from "../answering/decide.ts";
import { type Features, featureNames, type Ranked } from "../answering/rank.ts";
import { readIntent } from "./intent.ts";
import type { Parts } from "./respond.ts";

// Enough to see the runner-up and what it nearly was.
const shown = 6;

/** The way of one question, a step a line: safety, intent, terms, ranking, decision. Names at most the words that were typed. */
export function explain(typed: string, { answering, safety, knowledge }: Parts): string {
  const verdict = safety(typed);
  const intent = readIntent(typed);
  const { evidence, decision } = answering.weigh(typed);
  const outcome = answering.ask(typed);
  const won = decision.boundary === null ? "" : ` (${answering.items[decision.boundary.index]?.id})`;
  return [
    `lane       ${verdict.lane}${verdict.signs.length > 0 ? `: ${verdict.signs.join(", ")}` : ""}`,
    `intent     ${intent.kind}`,
    `terms      ${evidence.known.join(" ") || "none that the index knows"}`,
    `unknown    ${evidence.unknown.join(" ") || "none"}`,
    `familiar   ${percent(evidence.familiar)} of the question's weight is known`,
    `decision   ${decision.kind}${won}: ${percent(decision.sure)} sure of the best entry, ${percent(decision.near)} that it is among three`,
    ...(outcome.kind === decision.kind ? [] : [`in parts   ${outcome.kind}`]),
    "",
    `rank  score  ${featureNames.join("  ")}`,
    ...evidence.ranked.slice(0, shown).map((candidate, at) => line(candidate, at, answering.items)),
    "",
    `knowledge  ${knowledge.version}`,
  ].join("\n");
}

const percent = (share: number): string => `${Math.round(100 * share)} %`;

function line({ index, score, features }: Ranked, at: number, items: readonly Known[]): string {
  const item = items[index];
  const numbers = featureNames.map((name: keyof Features) => features[name].toFixed(2).padStart(name.length));
  return `${String(at + 1).padStart(4)}  ${score.toFixed(1).padStart(5)}  ${numbers.join("  ")}  ${item?.id} (${item?.scope})`;
}
