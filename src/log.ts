/** What happened, for whoever runs Bearings: one JSON object a line, made of codes and numbers. There is no field for text. */

/** One line. Names and codes are short and without spaces; whatever else gets in is written as `?`. */
export type LogEvent = {
  readonly level: "info" | "warn" | "error";
  /** What happened, such as `slack.connected`. */
  readonly event: string;
  /** A code of ours or of the platform's, such as `invalid_auth`. */
  readonly code?: string | undefined;
  /** The name of an error's class. */
  readonly name?: string | undefined;
  readonly count?: number | undefined;
  readonly ms?: number | undefined;
};

/** Takes one event. Never throws. */
export type Log = (event: LogEvent) => void;

const safe = /^[A-Za-z0-9_.:-]{1,80}$/;
const cleaned = (word: string | undefined): string | undefined => (word === undefined || safe.test(word) ? word : "?");

/** A log that writes lines, without a line break at their end. `nowMs` is milliseconds since 1970-01-01 UTC. */
export const createLog =
  (write: (line: string) => void, nowMs: () => number): Log =>
  ({ level, event, code, name, count, ms }) =>
    write(
      JSON.stringify({
        at: new Date(nowMs()).toISOString(),
        level,
        event: cleaned(event),
        code: cleaned(code),
        name: cleaned(name),
        count,
        ms,
      }),
    );

/** The name and code of whatever was thrown: never its message, which may quote what someone typed. */
export function named(error: unknown): { readonly name: string; readonly code: string | undefined } {
  const name = error instanceof Error ? error.name : typeof error;
  const code = error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : undefined;
  return { name, code };
}
