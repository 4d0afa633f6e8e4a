/** The reply as other programs get it: one JSON object a line. Names and order here are a contract; see README.md. */
import { type Outcome, outcomeOf, plain } from "#src/plain.ts";
import type { Citation, EntryRef, Lane, Response } from "#src/reply.ts";

/** One line of `ask --json`. */
export type Line = {
  /** The line exactly as it was read, without its ending. */
  readonly question: string;
  readonly outcome: Outcome;
  /** Which kind of no or note; null for answers, choices and the crisis reply. */
  readonly why: string | null;
  readonly lane: Lane;
  /** Those answered with or offered, best first. */
  readonly entries: readonly EntryRef[];
  readonly text: string;
  readonly citations: readonly Citation[];
};

/** Puts a response into the contract's shape. */
export const lineFor = (question: string, { reply, lane }: Response): Line => ({
  question,
  outcome: outcomeOf(reply),
  why: "why" in reply ? reply.why : null,
  lane,
  entries:
    "entries" in reply ? reply.entries.map(({ id, kind, title, passages }) => ({ id, kind, title, passages })) : [],
  text: plain(reply),
  citations:
    "citations" in reply
      ? reply.citations.map(({ n, source, passage, label, url }) => ({ n, source, passage, label, url }))
      : [],
});
