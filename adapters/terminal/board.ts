/** What stands on the screen of a conversation: the last reply, the numbers that press its buttons, and the field that is asked for. */
import { pressables } from "#src/plain.ts";
import type { Button, Reply } from "#src/reply.ts";
import type { Said } from "#src/turn.ts";
import { draw, drawBlocks, quiet } from "./draw.ts";
import { beginFilling, type Filling, question, type Step, take } from "./fill.ts";
import type { Screen } from "./screen.ts";
import { pressed, typed } from "./turns.ts";

export type Board = {
  /** Shows the reply to what was said; a form is asked field by field. */
  readonly show: (reply: Reply) => void;
  /** Shows a reply that comes by itself. False where this is no moment for it: while somebody is at a form, in danger, or answered. */
  readonly receive: (reply: Reply) => boolean;
  /** Prints a line that comes by itself. */
  readonly tell: (line: string) => void;
  /** Asks for the next line. */
  readonly wait: () => void;
  /** What a line means. */
  readonly read: (line: string) => Meaning;
};

export type Meaning =
  | { readonly kind: "said"; readonly said: Said }
  | { readonly kind: "no such number"; readonly most: number }
  /** The answer to a field of a form; `take` puts it in. */
  | { readonly kind: "field"; readonly take: () => Step };

// Numbers have two digits.
const mostBefore = 80;

/** Begins with nothing on it. */
export function openBoard(screen: Screen): Board {
  let offered: readonly Button[] = [];
  let filling: Filling | null = null;
  let isWaiting = false;
  let isAfterCrisis = false;
  const ask = (at: Filling | null): void => {
    filling = at;
    if (at !== null) screen.say(drawBlocks(question(at), screen.columns()));
  };
  return {
    show(reply) {
      screen.say(draw(reply.kind === "form" ? { ...reply, fields: [], buttons: [] } : reply, screen.columns()));
      offered = stillOffered(reply, offered);
      isAfterCrisis = reply.kind === "crisis";
      ask(reply.kind === "form" ? beginFilling(reply) : null);
    },
    receive(reply) {
      if (!isWaiting || isAfterCrisis || filling !== null) return false;
      // Numbers go on, so that one which is just being typed still means what it meant.
      const before = reply.kind === "list" || offered.length > mostBefore ? [] : offered;
      screen.sayAbove(draw(reply, screen.columns(), before.length));
      offered = [...before, ...pressables(reply)];
      return true;
    },
    tell: (line) => (isWaiting ? screen.sayAbove : screen.say)(quiet(line)),
    wait() {
      isWaiting = true;
      screen.prompt();
    },
    read(line) {
      isWaiting = false;
      if (filling === null) return meaningOf(line, offered);
      const at = filling;
      return {
        kind: "field",
        take() {
          const step = take(at, line);
          if (step.kind !== "again") ask(step.kind === "next" ? step.filling : null);
          return step;
        },
      };
    },
  };
}

/** A reply without buttons, such as one to thanks, leaves the last ones in force; one to danger takes them away. */
function stillOffered(shown: Reply, before: readonly Button[]): readonly Button[] {
  const now = pressables(shown);
  return now.length > 0 || shown.kind === "crisis" ? now : before;
}

function meaningOf(line: string, buttons: readonly Button[]): Meaning {
  const words = line.trim();
  // Three digits are a number to call, such as 999, more likely than a button.
  if (!/^\d{1,2}$/.test(words) || buttons.length === 0) return { kind: "said", said: typed(line) };
  const button = buttons[Number(words) - 1];
  return button === undefined
    ? { kind: "no such number", most: buttons.length }
    : { kind: "said", said: pressed(button.token) };
}
