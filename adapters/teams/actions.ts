/** Buttons of our cards, and what each does. A press on an old card brings an old name: keep them. */
import type { Button } from "#src/reply.ts";
import { limits, sizeOf } from "./budget.ts";
import type { Action, ActionSet, Data, Execute, Submit } from "./card.ts";
import { oneLine } from "./markdown.ts";
import { words } from "./words.ts";

/** Names of the actions. All but the last three carry a token of the core. */
export const verbs = {
  /** A button of the core. */
  press: "press",
  /** The fields of a form are sent along, each under its own id. */
  saveForm: "save-form",
  /** The form, for the presser alone. */
  openForm: "open-form",
  /** The whole answer, with its passages and references. */
  sources: "sources",
  /** Erases what is kept of the person: asks, does it, or leaves it. */
  forget: "forget",
  forgetNow: "forget-now",
  forgetNot: "forget-not",
} as const;

export type Verb = (typeof verbs)[keyof typeof verbs];

/** How buttons are sent: `submit` in dialogs, which know nothing else. */
export type Sends = "execute" | "submit";

type Own = { readonly label: string; readonly data: Data; readonly sends: Sends; readonly takesInputs?: boolean };

/** A button. Older clients know only Action.Submit, which sends the same as a message. */
export function actionOf({ label, data, sends, takesInputs = false }: Own): Execute | Submit {
  const title = oneLine(label, limits.title) || words.show;
  const inputs = takesInputs ? {} : { associatedInputs: "none" as const };
  const submit = { type: "Action.Submit" as const, title, data, ...inputs };
  if (sends === "submit") return submit;
  return { type: "Action.Execute", title, verb: data.verb, data, ...inputs, fallback: submit };
}

/** A button of the core; nothing where it could not be carried. */
export const pressOf = ({ label, token }: Button, sends: Sends): readonly Action[] =>
  own(label, verbs.press, token, sends);

/** A button of this door that carries a token; nothing where it could not be carried. */
export const own = (label: string, verb: Verb, token: string, sends: Sends): readonly Action[] =>
  token === "" || token.length > limits.token ? [] : [actionOf({ label, data: { verb, token }, sends })];

/** In rows that a telephone can show; nothing where there are none. */
export function rows(actions: readonly Action[]): readonly ActionSet[] {
  const sets: Action[][] = [];
  let size = 0;
  for (const action of actions) {
    size += sizeOf(action);
    if (size > limits.buttons) break;
    const open = sets.at(-1);
    if (open !== undefined && open.length < limits.actions && width([...open, action]) <= limits.row) open.push(action);
    else sets.push([action]);
  }
  return sets.map((set) => ({ type: "ActionSet", actions: set, spacing: "Small" }));
}

// Three characters are what the frame of a button takes.
const width = (set: readonly Action[]): number => set.reduce((sum, { title = "" }) => sum + title.length + 3, 0);
