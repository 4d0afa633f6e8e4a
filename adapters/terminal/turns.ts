/** Turns of the terminal: one person, in private, on this computer. */
import { type Said, type Turn, userText } from "#src/turn.ts";

/** Makes a turn of what the person did. */
export type MakeTurn = (said: Said) => Turn;

/** Numbers the turns of one run. `nowMs` gives milliseconds since 1970-01-01 UTC. */
export function openTurns(nowMs: () => number): MakeTurn {
  const zone = { name: Intl.DateTimeFormat().resolvedOptions().timeZone, from: "computer" } as const;
  const person = { id: "terminal", zone };
  const place = { door: "terminal", key: "", isPrivate: true };
  let count = 0;
  return (said) => ({ id: `terminal-${++count}`, atMs: nowMs(), person, place, said });
}

/** Something typed. */
export const typed = (line: string): Said => ({ kind: "text", text: userText(line) });

/** A button pressed. */
export const pressed = (token: string): Said => ({ kind: "pressed", token });
