/** Turns of the terminal: one person, in private, on this computer. */
import { randomUUID } from "node:crypto";
import { type Place, type Said, type Turn, userText } from "#src/turn.ts";

/** Where everything goes. */
export const place: Place = { door: "terminal", key: "", isPrivate: true };

/** Makes a turn of what the person did. */
export type MakeTurn = (said: Said) => Turn;

/**
 * Numbers the turns of one run, whose name sets them apart from those of any other: a reminder is kept once for each turn.
 * `nowMs` gives milliseconds since 1970-01-01 UTC.
 */
export function openTurns(nowMs: () => number, run: string = randomUUID()): MakeTurn {
  const zone = { name: Intl.DateTimeFormat().resolvedOptions().timeZone, from: "computer" } as const;
  const person = { id: "terminal", zone };
  let count = 0;
  return (said) => ({ id: `terminal-${run}-${++count}`, atMs: nowMs(), person, place, said });
}

/** Something typed. */
export const typed = (line: string): Said => ({ kind: "text", text: userText(line) });

/** A button pressed. */
export const pressed = (token: string): Said => ({ kind: "pressed", token });
