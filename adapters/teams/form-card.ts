/** Forms as cards: fields to fill in, and a button that sends them along. */
import type { Field, Form } from "#src/reply.ts";
import { actionOf, type Sends, verbs } from "./actions.ts";
import type { Action, Input } from "./card.ts";
import { clean, oneLine } from "./markdown.ts";
import { words } from "./words.ts";

const longestLabel = 150;
const longestOption = 150;
const mostOptions = 100;
const mostFields = 30;

/** The fields, each with its label and what stands in it at first. */
export const inputsOf = ({ fields }: Form): readonly Input[] => fields.slice(0, mostFields).map(inputOf);

/** Sends the fields along, by their own ids. */
export const saveOf = ({ token, send }: Form, sends: Sends): Action =>
  actionOf({
    label: oneLine(send, longestLabel) || words.type,
    data: { verb: verbs.saveForm, token },
    sends,
    takesInputs: true,
  });

/** Opens the form for the presser alone, where several read along. */
export const openOf = ({ token }: Form, sends: Sends): Action =>
  actionOf({ label: words.openForm, data: { verb: verbs.openForm, token }, sends });

function inputOf(field: Field): Input {
  const { id, value, input } = field;
  const label = oneLine(field.label, longestLabel) || words.type;
  const base = {
    id,
    label: field.isOptional ? words.optional(label) : label,
    ...(field.isOptional ? {} : { isRequired: true as const, errorMessage: words.isMissing }),
  };
  switch (input.kind) {
    case "text":
      return {
        type: "Input.Text",
        ...base,
        maxLength: input.most,
        placeholder: oneLine(input.hint, longestLabel) || words.type,
        ...valued(clean(value).slice(0, input.most)),
      };
    case "date":
      return { type: "Input.Date", ...base, ...valued(/^\d{4}-\d{2}-\d{2}$/.test(value) ? value : "") };
    case "time":
      return { type: "Input.Time", ...base, ...valued(/^\d{2}:\d{2}$/.test(value) ? value : "") };
    case "choice": {
      const offered = input.options.filter((option) => option.value !== "" && option.value.length <= longestOption);
      const choices = offered.slice(0, mostOptions).map((option) => ({
        title: oneLine(option.label, longestOption) || option.value,
        value: option.value,
      }));
      return {
        type: "Input.ChoiceSet",
        ...base,
        choices,
        ...valued(choices.some((one) => one.value === value) ? value : ""),
      };
    }
    default:
      return input satisfies never;
  }
}

const valued = (value: string) => (value === "" ? {} : { value });
