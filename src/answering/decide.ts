/** Answer, offer choices, or say no: from how sure two calibrated models are. */
import { type Logistic, logisticOf, softmax } from "./fit.ts";
import type { Evidence, Ranked } from "./rank.ts";
import type { Item } from "./search.ts";

/** An item as the decision sees it. `passages` is empty for a boundary. */
export type Known = Item & {
  readonly scope: "entry" | "field" | "outside" | "talk";
  readonly passages: readonly string[];
};

/** How sure to be before saying it; fitted by evaluate.ts and stored in calibration.json. */
export type Limits = {
  /** Least probability, 0 to 1, that the best entry is right, to give it as the answer. */
  readonly answer: number;
  /** Least probability, 0 to 1, that one of the three best entries is right, to offer them. */
  readonly offer: number;
};

/** Both models read the row that `signalsOf` makes. */
export type Calibration = { readonly bestIsRight: Logistic; readonly oneIsRight: Logistic; readonly limits: Limits };

export type Decision = {
  readonly kind: "answer" | "choices" | "not-covered" | "outside" | "talk" | "not-understood";
  /** Entries, best first: the one to answer with, the ones to offer, or the nearest. */
  readonly entries: readonly Ranked[];
  /** The boundary or the small talk that won, for `not-covered`, `outside` and `talk`. */
  readonly boundary: Ranked | null;
  /** Calibrated probability that the best entry is right, and that one of the best three is. */
  readonly sure: number;
  readonly near: number;
};

/** Entries that are offered side by side. */
export const offered = 3;

export const signalNames = [
  "score",
  "share",
  "lead over the next",
  "lead over boundaries",
  "best phrase",
  "spelling",
  "coverage",
  "familiar",
  "terms",
  "outside",
  "next share",
] as const;

/** What the models look at: how strong the best entry is, alone and against the next one and the boundaries. */
export function signalsOf(evidence: Evidence, items: readonly Known[]): readonly number[] {
  const { entries, field, outside, shares } = sortOut(evidence, items);
  const [first] = entries;
  const rival = entries.find((entry) => !samePassage(items, entry, first));
  const boundary = Math.max(field?.score ?? 0, outside?.score ?? 0);
  const score = first?.score ?? 0;
  return [
    score,
    // Entries on the same passage do not stand in each other's way: either of them satisfies the asker.
    entries.reduce((sum, entry) => sum + (samePassage(items, entry, first) ? (shares.get(entry.index) ?? 0) : 0), 0),
    score - (rival?.score ?? 0),
    score - boundary,
    first?.features.bestThree ?? 0,
    first?.features.spelling ?? 0,
    first?.features.coverage ?? 0,
    evidence.familiar,
    Math.min(evidence.known.length + evidence.unknown.length, 8) / 8,
    score - (outside?.score ?? 0),
    rival === undefined ? 0 : (shares.get(rival.index) ?? 0),
  ];
}

/** Decides on the evidence alone. */
export function decide(
  evidence: Evidence,
  items: readonly Known[],
  { bestIsRight, oneIsRight, limits }: Calibration,
): Decision {
  const { entries, field, outside, talk } = sortOut(evidence, items);
  const row = signalsOf(evidence, items);
  const sure = entries.length === 0 ? 0 : logisticOf(bestIsRight, row);
  const near = entries.length === 0 ? 0 : Math.max(sure, logisticOf(oneIsRight, row));
  const best = entries.slice(0, offered);
  // "Why?" is a question only to someone who remembers what was said before; "who are they" may be an ask word for word.
  if (!evidence.hasTopic && (evidence.ranked[0]?.features.spelling ?? 0) < leastBare)
    return { kind: "not-understood", entries: [], boundary: null, sure: 0, near: 0 };
  if (talk !== undefined && talk === evidence.ranked[0] && talk.features.spelling >= leastTalk)
    return { kind: "talk", entries: [], boundary: talk, sure: 0, near: 0 };
  if (sure >= limits.answer) return { kind: "answer", entries: best, boundary: null, sure, near };
  if (near >= limits.offer) return { kind: "choices", entries: best, boundary: null, sure, near };
  const boundary = field === undefined || (outside?.score ?? 0) > field.score ? (outside ?? null) : field;
  const isBoundary = boundary !== null && isRecognised(boundary);
  if (!isBoundary) return { kind: "not-understood", entries: best, boundary: null, sure, near };
  const kind = items[boundary.index]?.scope === "field" ? "not-covered" : "outside";
  return { kind, entries: best, boundary, sure, near };
}

const leastBare = 0.9;
// Small talk is a few set words: something merely like it is a question after all.
const leastTalk = 0.55;
// A boundary is named only when the question is surely like one of its asks: "I hate my job" need not be a question about racism.
const surelyLike = 13;
const speltLike = 0.4;
const isRecognised = ({ score, features }: Ranked): boolean => score >= surelyLike || features.spelling >= speltLike;

const samePassage = (items: readonly Known[], a: Ranked, b: Ranked | undefined): boolean =>
  b !== undefined && (items[a.index]?.passages ?? []).some((id) => items[b.index]?.passages.includes(id));

function sortOut({ ranked }: Evidence, items: readonly Known[]) {
  const of = (scope: Known["scope"]) => ranked.filter((candidate) => items[candidate.index]?.scope === scope);
  const shares = softmax(ranked.map((candidate) => candidate.score));
  return {
    entries: of("entry"),
    field: of("field")[0],
    outside: of("outside")[0],
    talk: of("talk")[0],
    shares: new Map(ranked.map((candidate, at) => [candidate.index, shares[at] ?? 0])),
  };
}
