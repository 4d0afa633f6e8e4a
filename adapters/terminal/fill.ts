/** A form in the terminal: asked field by field. */
import { type Block, valueIn } from "#src/plain.ts";
import type { Field, Reply } from "#src/reply.ts";
import { type Said, userText } from "#src/turn.ts";

export type Form = Extract<Reply, { kind: "form" }>;

/** A form that is being filled in; `given` are the values of the fields before the one at hand. */
export type Filling = { readonly form: Form; readonly given: readonly string[] };

/** What comes of a line. */
export type Step =
  | { readonly kind: "next"; readonly filling: Filling }
  | { readonly kind: "again"; readonly say: string }
  | { readonly kind: "filled"; readonly said: Said }
  | { readonly kind: "left" };

/** Begins with the first field; null where the form has none. */
export const beginFilling = (form: Form): Filling | null => (form.fields.length === 0 ? null : { form, given: [] });

/** Asks for the field at hand. */
export function question({ form, given }: Filling): readonly Block[] {
  const field = form.fields[given.length];
  if (field === undefined) return [];
  const { label, value, isOptional, input } = field;
  const options = input.kind === "choice" ? input.options.map((option, at) => `${at + 1}. ${option.label}`) : [];
  const want = input.kind === "text" && input.hint !== "" ? input.hint.replace(/[^.]$/, "$&.") : wanted[input.kind];
  const keep = value === "" ? [] : [`Enter keeps “${valueIn(field)}”.`];
  const none = !isOptional ? [] : [value === "" ? "Enter leaves it empty." : "A dash (-) leaves it empty."];
  const how = [want, ...keep, ...none, "“stop” leaves the form."].join(" ");
  return [
    { style: "heading", lines: [`${label} (${given.length + 1} of ${form.fields.length})`] },
    ...(options.length === 0 ? [] : [{ style: "text" as const, lines: options }]),
    { style: "quiet", lines: [how] },
  ];
}

const wanted: Readonly<Record<Field["input"]["kind"], string>> = {
  text: "Type a few words.",
  date: "Type a day, such as 2026-10-06.",
  time: "Type a time, such as 14:30.",
  choice: "Type a number.",
};

/** Takes a line as the answer to the field at hand. */
export function take({ form, given }: Filling, line: string): Step {
  const field = form.fields[given.length];
  const typed = line.trim();
  if (field === undefined || /^stop$/i.test(typed)) return { kind: "left" };
  const value = valueFrom(field, typed);
  if (value === null) return { kind: "again", say: `${wanted[field.input.kind]} Or type “stop” to leave the form.` };
  const all = [...given, value];
  if (all.length < form.fields.length) return { kind: "next", filling: { form, given: all } };
  const fields = Object.fromEntries(form.fields.map(({ id }, at) => [id, userText(all[at] ?? "")]));
  return { kind: "filled", said: { kind: "filled", token: form.token, fields } };
}

/** The field's value as the form wants it; null where it cannot be read. */
function valueFrom({ input, value, isOptional }: Field, typed: string): string | null {
  if (typed === "") return value === "" && !isOptional ? null : value;
  if (typed === "-" && isOptional) return "";
  switch (input.kind) {
    case "text":
      return typed;
    case "date":
      return /^\d{4}-\d\d-\d\d$/.test(typed) ? typed : null;
    case "time":
      return /^([01]?\d|2[0-3])[:.][0-5]\d$/.test(typed) ? typed.replace(".", ":").padStart(5, "0") : null;
    case "choice":
      return (
        input.options.find(({ label }, at) => typed === String(at + 1) || typed.toLowerCase() === label.toLowerCase())
          ?.value ?? null
      );
    default:
      return input satisfies never;
  }
}
