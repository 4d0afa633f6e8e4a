/** Buttons: ids and names that no two of one message share, in rows that a phone can show. */
import type { ActionsBlock, Button as SlackButton } from "@slack/types";
import type { Button } from "#src/reply.ts";
import { pressId } from "./action-ids.ts";
import { limits } from "./budget.ts";
import { plainText } from "./mrkdwn.ts";
import { words } from "./words.ts";

/** A button of the core as a button of Slack's, or nothing where Slack could not carry it. */
export type DrawButton = (button: Button, own?: OwnButton) => readonly SlackButton[];

/** What tells a button from the others: a name of this door's, or other words than its label for screen readers. */
export type OwnButton = { readonly id?: string; readonly name?: string };

/** Draws the buttons of one message: no two have the same id or, to a screen reader, the same name. */
export function createButtons(): DrawButton {
  const names = new Set<string>();
  let pressed = 0;
  const unique = (name: string): string => {
    for (let n = 1; ; n += 1) {
      const end = n === 1 ? "" : ` (${n})`;
      const candidate = plainText(name, limits.label - end.length).text + end;
      if (names.has(candidate)) continue;
      names.add(candidate);
      return candidate;
    }
  };
  return ({ label, token }, { id, name = label } = {}) => {
    if (token.length > limits.value || token === "") return [];
    const text = plainText(label, limits.label);
    const isBlank = text.text === "";
    return [
      {
        type: "button",
        action_id: id ?? pressId(pressed++),
        text: isBlank ? plainText(words.show, limits.label) : text,
        accessibility_label: unique(isBlank ? words.show : name),
        value: token,
      },
    ];
  };
}

/** Buttons in rows; nothing where there are none. */
export function rows(buttons: readonly SlackButton[]): readonly ActionsBlock[] {
  const shown = buttons.slice(0, limits.buttons);
  const starts = shown.flatMap((_, at) => (at % limits.rowOfButtons === 0 ? [at] : []));
  return starts.map((at) => ({ type: "actions", elements: shown.slice(at, at + limits.rowOfButtons) }));
}
