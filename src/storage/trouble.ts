/** What a database says went wrong, without a word of what it was asked: its own errors carry statements, parameters and rows. */
import { BearingsError } from "../errors.ts";

/** An error with a code for the log, such as `57P01`, `ECONNREFUSED` or `SQLITE_FULL`. */
export type CodedError = Error & { readonly code: string };

// https://sqlite.org/rescode.html; the others are not met here, and are told by their number.
const sqliteNames: Readonly<Record<number, string>> = {
  3: "PERM",
  5: "BUSY",
  8: "READONLY",
  10: "IOERR",
  11: "CORRUPT",
  13: "FULL",
  14: "CANTOPEN",
  19: "CONSTRAINT",
  26: "NOTADB",
};

const safe = /^[A-Za-z0-9_]{1,60}$/;

/**
 * A new error with the name and the code of another, and nothing else of it: no message, detail, parameter or cause.
 * `otherwise` is the code where it has none. An error of ours, which quotes nothing, comes back as it is.
 */
export function storageError(cause: unknown, otherwise = "unknown"): CodedError {
  if (cause instanceof BearingsError) return cause;
  const code = codeOf(cause) ?? otherwise;
  const error = Object.assign(new Error(`The database could not do it (${code}).`), { code });
  if (cause instanceof Error && safe.test(cause.name)) error.name = cause.name;
  return error;
}

function codeOf(cause: unknown): string | null {
  if (!(cause instanceof Error)) return null;
  // The low byte is the kind of trouble; the rest of it is where it arose.
  if ("errcode" in cause && typeof cause.errcode === "number") {
    const kind = cause.errcode & 0xff;
    return `SQLITE_${sqliteNames[kind] ?? kind}`;
  }
  if ("code" in cause && typeof cause.code === "string" && safe.test(cause.code)) return cause.code;
  // pg gives this one a sentence and no code.
  return cause.message.includes("does not support SSL") ? "no_tls" : null;
}
