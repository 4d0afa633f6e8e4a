/** The one error class. It is told to whoever runs Bearings, never to the person who asked, and never quotes what they typed. */

/** What kind of trouble: decides the exit code in adapters/main.ts. */
export type ErrorCode = "config" | "knowledge" | "usage" | "listen" | "stale" | "storage" | "sealed";

/** `message` says what is wrong, `fix` what someone can do about it. */
export class BearingsError extends Error {
  readonly code: ErrorCode;
  readonly fix: string;

  constructor(code: ErrorCode, message: string, fix: string, options?: { readonly cause?: unknown }) {
    super(message, options);
    this.name = "BearingsError";
    this.code = code;
    this.fix = fix;
  }
}
