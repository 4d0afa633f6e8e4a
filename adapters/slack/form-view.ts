/** Forms as windows: pickers and fields to fill in, and what comes back from them. */
import type { InputBlock, KnownBlock, PlainTextElement } from "@slack/types";
import { z } from "zod";
import type { Field, Reply } from "#src/reply.ts";
import { type UserText, userText } from "#src/turn.ts";
import { callbackIds, fieldId, fieldOf } from "./action-ids.ts";
import { aside, limits, said } from "./budget.ts";
import { createButtons, rows } from "./buttons.ts";
import { clip, plainText } from "./mrkdwn.ts";
import { type Modal, modal, replyView } from "./views.ts";
import { words } from "./words.ts";

type Form = Extract<Reply, { kind: "form" }>;

/** What a window remembers: which conversation it was opened from, null for none; and of a form, its token. */
export type Remembered = { readonly channel: string | null; readonly token: string | null };

const remembered = z.strictObject({ channel: z.string().nullable(), token: z.string().nullable() });

/** Reads what one of these windows remembers; nothing from any other. */
export function rememberedIn(metadata: string): Remembered {
  try {
    const read = remembered.safeParse(JSON.parse(metadata));
    return read.success ? read.data : nothing;
  } catch {
    return nothing;
  }
}

const nothing: Remembered = { channel: null, token: null };

/** The reply as a window: a form to fill in, or words with their buttons. `channel` is where it was opened. */
export function windowOf(reply: Reply, channel: string | null): Modal {
  const view = reply.kind === "form" ? formView(reply) : replyView(reply);
  const token = reply.kind === "form" ? reply.token : null;
  return { ...view, private_metadata: JSON.stringify({ channel, token } satisfies Remembered) };
}

function formView(form: Form): Modal {
  const above: readonly KnownBlock[] = said(clip(form.say, limits.text));
  const button = createButtons();
  const below: readonly KnownBlock[] = [
    ...aside(form.asides.join("\n"), limits.text),
    ...rows(form.buttons.flatMap((one) => button(one))),
  ];
  const fields = form.fields.slice(0, limits.viewBlocks - above.length - below.length).map(inputOf);
  return {
    ...modal(words.formTitle, [...above, ...fields, ...below]),
    callback_id: callbackIds.form,
    submit: plainText(words.save, limits.viewTitle),
    close: plainText(words.cancel, limits.viewTitle),
  };
}

const inputOf = (field: Field): InputBlock => ({
  type: "input",
  block_id: fieldId(field.id),
  label: shown(field.label, words.choose, longestLabel),
  optional: field.isOptional,
  element: elementOf(field),
});

/** The text, or what stands for it where it has nothing to show: Slack takes no empty one. */
function shown(text: string, instead: string, max: number): PlainTextElement {
  const whole = plainText(text, max);
  return whole.text === "" ? plainText(instead, max) : whole;
}

// Slack takes more, but no one reads it.
const longestLabel = 150;
const longestHint = 150;
// Of one option, in Slack's own limits.
const longestOption = 150;
const mostOptions = 100;

function elementOf({ id, value, input }: Field): InputBlock["element"] {
  const action_id = fieldId(id);
  switch (input.kind) {
    case "date":
      return {
        type: "datepicker",
        action_id,
        placeholder: plainText(words.choose, longestHint),
        ...(/^\d{4}-\d{2}-\d{2}$/.test(value) ? { initial_date: value } : {}),
      };
    case "time":
      return {
        type: "timepicker",
        action_id,
        placeholder: plainText(words.choose, longestHint),
        ...(/^\d{2}:\d{2}$/.test(value) ? { initial_time: value } : {}),
      };
    case "text":
      return {
        type: "plain_text_input",
        action_id,
        max_length: input.most,
        placeholder: shown(input.hint, words.type, longestHint),
        ...(value === "" ? {} : { initial_value: value.slice(0, input.most) }),
      };
    case "choice":
      return choiceOf(action_id, value, input.options);
    default:
      return input satisfies never;
  }
}

type Choice = Extract<Field["input"], { kind: "choice" }>;

/** Slack refuses a window whose chosen option is not, letter for letter, one of those it offers. */
function choiceOf(action_id: string, value: string, offered: Choice["options"]): InputBlock["element"] {
  const options = offered
    .filter((option) => option.value !== "" && option.value.length <= longestOption)
    .slice(0, mostOptions)
    .map((option) => ({ text: shown(option.label, option.value, limits.label), value: option.value }));
  const initial = options.find((option) => option.value === value);
  return {
    type: "static_select",
    action_id,
    placeholder: plainText(words.choose, longestHint),
    options,
    ...(initial === undefined ? {} : { initial_option: initial }),
  };
}

/** What was filled in, by the form's own names of fields. */
export const filledIn = (chosen: Readonly<Record<string, string>>): Readonly<Record<string, UserText>> =>
  Object.fromEntries(
    Object.entries(chosen).flatMap(([name, value]) => {
      const field = fieldOf(name);
      return field === null ? [] : [[field, userText(value)]];
    }),
  );
