/** The fields of a form, as a window or a message of one person's shows them. */
import type { InputBlock, PlainTextElement } from "@slack/types";
import type { Field } from "#src/reply.ts";
import { fieldId } from "./action-ids.ts";
import { limits } from "./budget.ts";
import { plainText } from "./mrkdwn.ts";
import { words } from "./words.ts";

/** A field with its label and what stands in it at first. */
export const inputOf = (field: Field): InputBlock => ({
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
const longestOnOneLine = 200;
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
        ...(input.most > longestOnOneLine ? { multiline: true } : {}),
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
