/** What `doctor` says: one line for each thing that was looked at, here or by a door. */
import { named } from "./log.ts";

export type CheckLine = {
  /** What was looked at, such as `database`. */
  readonly check: string;
  readonly status: "ok" | "warning" | "error";
  /** What was found, as a sentence that follows the check's name. */
  readonly says: string;
  /** What to do about it; null where there is nothing to do, or `says` has it already. */
  readonly fix: string | null;
};

/** Nothing to do. */
export const ok = (check: string, says: string): CheckLine => ({ check, status: "ok", says, fix: null });

/** Bearings runs, but somebody should know. */
export const warning = (check: string, says: string, fix: string | null): CheckLine => ({
  check,
  status: "warning",
  says,
  fix,
});

/** Something does not work until it is put right. */
export const error = (check: string, says: string, fix: string): CheckLine => ({ check, status: "error", says, fix });

/** Whether a server was reached. `why`: a code where it was not, or null. */
export const hostLine = (check: string, hostname: string, why: string | null): CheckLine =>
  why === null
    ? ok(check, `${hostname} can be reached.`)
    : error(check, `${hostname} cannot be reached (${why}).`, "Let this computer reach it by https.");

/** Why `fetch` did not reach a server, as a code. */
export function unreachedBy(failure: unknown): string {
  const { name, code } = named(failure instanceof Error && failure.cause !== undefined ? failure.cause : failure);
  return code ?? name;
}

// Less is how computers are; more than this is a clock that nobody sets.
const mostApartMs = 10_000;
// A platform's requests are believed within this time, and no longer.
const mostBelievedMs = 5 * 60_000;

/** How another clock stands to this computer's. `aheadMs` may be negative. Reminders come by the database's. */
export function clockLine(whose: "the database" | "Slack" | "Microsoft", aheadMs: number): CheckLine {
  const check = whose === "the database" ? "clock" : `clock, ${whose}`;
  const seconds = Math.round(Math.abs(aheadMs) / 1_000);
  if (Math.abs(aheadMs) <= mostApartMs) return ok(check, `${whose}'s clock and this computer's agree.`);
  const says = `${whose}'s clock is ${seconds} seconds ${aheadMs > 0 ? "ahead of" : "behind"} this computer's.`;
  if (whose === "the database")
    return warning(check, says, "Let both follow a time server. Reminders come by the database's.");
  const fix = `Let this computer follow a time server. What ${whose} sends is refused from five minutes on.`;
  return Math.abs(aheadMs) < mostBelievedMs ? warning(check, says, fix) : error(check, says, fix);
}

/** By how much a server's clock is ahead of this computer's, milliseconds, from its answer to what was asked at `askedMs`. */
export function aheadBy(date: string | null, askedMs: number, nowMs: number): number | null {
  // It says whole seconds: on average half a second has gone since.
  const theirsMs = Date.parse(date ?? "") + 500;
  return Number.isNaN(theirsMs) ? null : Math.round(theirsMs - (askedMs + nowMs) / 2);
}
