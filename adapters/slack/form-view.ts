/** Forms as windows: pickers and fields to fill in, and what comes back from them. */
import type { KnownBlock } from "@slack/types";
import { z } from "zod";
import type { Form, Reply } from "#src/reply.ts";
import { type UserText, userText } from "#src/turn.ts";
import { callbackIds, fieldOf } from "./action-ids.ts";
import { aside, limits, said } from "./budget.ts";
import { createButtons, rows } from "./buttons.ts";
import { inputOf } from "./form-inputs.ts";
import { clip, plainText } from "./mrkdwn.ts";
import { type Modal, modal, replyView } from "./views.ts";
import { words } from "./words.ts";

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
    ...modal(form.isPrivate ? words.app : words.formTitle, [...above, ...fields, ...below]),
    callback_id: callbackIds.form,
    submit: plainText(form.send, limits.viewTitle),
    close: plainText(words.cancel, limits.viewTitle),
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
