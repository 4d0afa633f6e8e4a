/** Figures on what became of labelled questions, and the reason for each miss. Pure; printing is the terminal's. */
import type { Question } from "../knowledge/entry.ts";
import type { Known } from "./decide.ts";
import type { Seen } from "./evaluate.ts";

/** Shares of the questions that wanted one outcome, 0 to 1. */
export type Figures = {
  readonly want: Question["want"];
  readonly asked: number;
  /** The best entry is right, in an answer or at the head of an offer. */
  readonly first: number;
  /** Answered rightly, or the right entry is among those offered. */
  readonly firstOrOffered: number;
  readonly wronglyAnswered: number;
  readonly offered: number;
  readonly abstained: number;
};

/** Figures for each outcome that the questions want. */
export const figuresOf = (seen: readonly Seen[]): Figures[] =>
  [...Map.groupBy(seen, ({ question }) => question.want)].map(([want, of]) => {
    const share = (test: (one: Seen) => boolean) => of.filter(test).length / of.length;
    return {
      want,
      asked: of.length,
      first: share((one) => isShown(one) && one.firstRight),
      firstOrOffered: share((one) => (one.decision.kind === "answer" ? one.firstRight : isOffer(one) && one.anyRight)),
      wronglyAnswered: share((one) => one.decision.kind === "answer" && !one.firstRight),
      offered: share(isOffer),
      abstained: share((one) => !isShown(one)),
    };
  });

const isOffer = ({ decision }: Seen): boolean => decision.kind === "choices";
const isShown = ({ decision }: Seen): boolean => decision.kind === "answer" || decision.kind === "choices";

const bins = 10;

/** Expected calibration error of "the best entry is right": mean gap between how sure and how often, over ten bins. */
export function calibrationError(seen: readonly Seen[]): number {
  const byBin = Map.groupBy(seen, ({ decision }) => Math.min(bins - 1, Math.floor(decision.sure * bins)));
  let gap = 0;
  for (const of of byBin.values()) {
    const sure = of.reduce((sum, { decision }) => sum + decision.sure, 0);
    gap += Math.abs(sure - of.filter(({ firstRight }) => firstRight).length);
  }
  return gap / (seen.length || 1);
}

/** A question that did not come out as wanted, and why. */
export type Miss = { readonly ask: string; readonly wanted: string; readonly got: string; readonly why: string };

/** Covered questions whose right entry is not first, and others that were answered. */
export const missesOf = (seen: readonly Seen[], items: readonly Known[]): Miss[] =>
  seen
    .filter((one) =>
      one.question.want === "answer" ? !(isShown(one) && one.firstRight) : one.decision.kind === "answer",
    )
    .map(({ question, decision, evidence }) => {
      const idOf = (index: number | undefined) => (index === undefined ? "nothing" : (items[index]?.id ?? "nothing"));
      const [first, second] = evidence.ranked;
      const coverage = Math.round(100 * (first?.features.coverage ?? 0));
      const terms = [...evidence.known, ...evidence.unknown.map((term) => `${term}?`)].join(" ");
      return {
        ask: question.ask,
        wanted: question.want === "answer" ? question.right.join(" ") : question.want,
        got: `${decision.kind} ${decision.entries.map(({ index }) => idOf(index)).join(", ")}`,
        why: `terms ${terms}; best ${idOf(first?.index)} covers ${coverage} %; runner-up ${idOf(second?.index)}; ${Math.round(100 * decision.sure)} % sure`,
      };
    });
