/** What a person wants, as far as words or a button tell it before any search. */
import { fold, words } from "../answering/normalise.ts";
import { isReminder } from "./reminder-words.ts";

/** A button is an intent written in advance; see `tokenOf`. */
export type Pressable =
  | { readonly kind: "start" }
  | { readonly kind: "help" }
  | { readonly kind: "about" }
  | { readonly kind: "privacy" }
  | { readonly kind: "not-now" }
  /** The form with which a question is asked once more, without a client's details. */
  | { readonly kind: "ask-without" }
  | { readonly kind: "browse"; readonly of: string | null }
  | { readonly kind: "show"; readonly entries: readonly [string, ...string[]] };

export type Intent =
  | Pressable
  | { readonly kind: "question" }
  | { readonly kind: "reminder" }
  | { readonly kind: "nothing" }
  | { readonly kind: "other-script" }
  | { readonly kind: "stale" };

/** The opaque string that doors carry. Ids only: nothing that anyone typed. Those of reminders begin with `r/`. */
export function tokenOf(intent: Pressable): string {
  switch (intent.kind) {
    case "browse":
      return intent.of === null ? "browse" : `browse/${intent.of}`;
    case "show":
      return `show/${intent.entries.join(",")}`;
    default:
      return intent.kind;
  }
}

const plainTokens = new Map<string, Intent>(
  (["start", "help", "about", "privacy", "not-now", "ask-without"] as const).map((kind) => [kind, { kind }]),
);

/** Reads a token back. What no button of ours says is `stale`, never an error: it may come from an older version. */
export function readToken(token: string): Intent {
  // Those of reminders are read by src/reminders/desk/tokens.ts, once it is known that nobody is in danger.
  if (token.startsWith("r/")) return { kind: "reminder" };
  const written = plainTokens.get(token);
  if (written !== undefined) return written;
  if (token === "browse") return { kind: "browse", of: null };
  const [kind, id = ""] = token.split("/", 2);
  if (kind === "browse" && isId(id)) return { kind: "browse", of: id };
  const [first = "", ...others] = id.split(",");
  if (kind === "show" && isId(first) && others.length < mostShown && others.every(isId))
    return { kind: "show", entries: [first, ...others] };
  return { kind: "stale" };
}

// As many as one answer ever has: see parts.ts.
const mostShown = 3;

const isId = (text: string): boolean => /^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/.test(text);

const commands: Readonly<Record<string, Intent>> = {
  browse: { kind: "browse", of: null },
  topics: { kind: "browse", of: null },
  "list topics": { kind: "browse", of: null },
  "show topics": { kind: "browse", of: null },
  contents: { kind: "browse", of: null },
};

/** Reads what someone typed. Anything that is not a command, a reminder or unreadable is a question. */
export function readIntent(text: string): Intent {
  const spoken = words(text);
  if (spoken.length === 0) return /^\s*[/?]+\s*$/.test(text) ? { kind: "help" } : { kind: "nothing" };
  if (isOtherScript(text)) return { kind: "other-script" };
  const name = spoken.join(" ");
  const command = Object.hasOwn(commands, name) ? commands[name] : undefined;
  if (command !== undefined) return command;
  const [verb, id, ...rest] = fold(text).split(" ");
  if ((verb === "show" || verb === "browse") && id !== undefined && rest.length === 0 && isId(id))
    return verb === "show" ? { kind: "show", entries: [id] } : { kind: "browse", of: id };
  return isReminder(text) ? { kind: "reminder" } : { kind: "question" };
}

/** More than half of the letters belong to a script that English is not written in. */
function isOtherScript(text: string): boolean {
  const letters = fold(text).match(/\p{L}/gu) ?? [];
  return letters.filter((letter) => !/\p{Script=Latin}/u.test(letter)).length * 2 > letters.length;
}
