/** What `doctor` says: one line for each thing it looked at. */

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
