/** Windows (modals) and the Home tab, as Slack takes them. */
import type { HomeView, KnownBlock, ModalView, RadioButtons } from "@slack/types";
import type { Passage } from "#src/knowledge/entry.ts";
import type { Answer, Button, Reply, Row } from "#src/reply.ts";
import { actionIds, callbackIds } from "./action-ids.ts";
import { aside, header, limits, packed, quiet, said, sections } from "./budget.ts";
import { createButtons, type DrawButton, rows } from "./buttons.ts";
import { bodyOf, sourcesOf } from "./cited.ts";
import { clean, clip, escaped, link, pieces, plainText } from "./mrkdwn.ts";
import { draw, drawForWindow, drawRow, titleOf } from "./render.ts";
import { words } from "./words.ts";

/** A window, and the Home tab, of blocks that are known. */
export type Modal = Omit<ModalView, "blocks"> & { readonly blocks: KnownBlock[] };
export type Home = Omit<HomeView, "blocks"> & { readonly blocks: KnownBlock[] };

/** What a window that was sent turns into; null closes it. */
export type Next = { readonly response_action: "update"; readonly view: Modal } | null;

/** A window in place of the one that was sent. */
export const turnsInto = (view: Modal): Next => ({ response_action: "update", view });

/** What of a passage is shown. */
export type ShownPassage = Pick<Passage, "id" | "section" | "sentence" | "gist">;

export type EntryParts = {
  readonly reply: Answer;
  /** Those that the answer cites, in any order. */
  readonly passages: readonly ShownPassage[];
  /** References in a form to copy. */
  readonly references: readonly string[];
  /** The token that shows the same answer. At most 2,000 characters. */
  readonly token: string;
};

/** "Sources": the full answer, the passages it rests on, and the references to copy. */
export function entryView({ reply, passages, references, token }: EntryParts): Modal {
  const title = titleOf(reply);
  const body = bodyOf(reply.body, []);
  const button = createButtons();
  const related = rows(reply.buttons.flatMap((one) => button(one)));
  const rest: readonly KnownBlock[] = [
    ...header(words.passages),
    ...upTo(20, sections(packed(passagesOf(reply, passages), "\n\n"))),
    ...referencesOf(references),
    ...upTo(2, sections(packed(addressesOf(reply), "\n"))),
    ...aside(reply.asides.join("\n"), limits.text),
    ...(related.length === 0 ? [] : quiet([`*${words.related}*`])),
    ...related,
  ];
  return {
    ...modal(words.sources, [...title, ...upTo(limits.viewBlocks - title.length - rest.length, body), ...rest]),
    callback_id: callbackIds.entry,
    private_metadata: JSON.stringify({ token }),
  };
}

/** Any reply in a window: for a button that was pressed on the Home tab or in another window. */
export const replyView = (reply: Reply): Modal => modal(words.app, drawForWindow(reply));

/** A sentence in a window. */
export const noticeView = (say: string): Modal => modal(words.app, said(clip(say, limits.text)));

export type ShareParts = {
  readonly reply: Answer;
  /** The token that shows the same answer. */
  readonly token: string;
  readonly channel: string;
  /** Time of the message whose thread it goes to, or null. */
  readonly thread: string | null;
};

/** Shows what would be posted, block by block; buttons are named in their places, since they would not work here. */
export function shareView({ reply, token, channel, thread }: ShareParts): Modal {
  const intro = thread === null ? words.previewChannel : words.previewThread;
  const preview = draw(reply, { audience: "all", titled: true }).blocks.flatMap(inPreview);
  return {
    ...modal(words.share, [...said(intro), { type: "divider" }, ...preview]),
    callback_id: callbackIds.share,
    submit: plainText(words.shareNow, limits.viewTitle),
    close: plainText(words.cancel, limits.viewTitle),
    private_metadata: JSON.stringify({ channel, thread, token }),
  };
}

function inPreview(block: KnownBlock): readonly KnownBlock[] {
  switch (block.type) {
    case "actions":
      return named(block.elements.flatMap((element) => (element.type === "button" ? element.text.text : [])));
    case "context_actions":
      return named([words.helpful, words.notHelpful]);
    default:
      return [block];
  }
}

const named = (labels: readonly string[]): readonly KnownBlock[] => aside(words.previewButtons(labels), limits.text);

/** Asks why an answer was not helpful: one of a few reasons, or none. `place` is the address of the message. */
export function reasonsView({ place, entries }: { place: string; entries: readonly string[] }): Modal {
  const whole = JSON.stringify({ place, entries });
  const options = Object.entries(words.reasons).map(([value, label]) => ({
    text: plainText(label, limits.label),
    value,
  }));
  const element: RadioButtons = { type: "radio_buttons", action_id: actionIds.reason, options };
  const label = plainText(words.whyLabel, limits.label);
  return {
    ...modal(words.whyTitle, [...said(words.whySay), { type: "input", optional: true, label, element }]),
    callback_id: callbackIds.reasons,
    submit: plainText(words.send, limits.viewTitle),
    close: plainText(words.skip, limits.viewTitle),
    // The message alone says which vote it is about.
    private_metadata: whole.length <= limits.metadata ? whole : JSON.stringify({ place }),
  };
}

export type HomeParts = {
  readonly themes: readonly Row[];
  readonly examples: readonly Button[];
  /** The person's reminders as rows, or a sentence in their place. */
  readonly reminders: Reply;
  readonly about: string;
  readonly privacy: string;
};

/** The Home tab: questions to begin with, themes, the person's reminders, what it is, and what is kept. */
export function homeView({ themes, examples, reminders, about, privacy }: HomeParts): Home {
  const button = createButtons();
  const before: readonly KnownBlock[] = [
    ...header(words.tryOne),
    ...said(words.howToAsk),
    ...rows(examples.flatMap((one) => button(one))),
    ...header(words.themes),
  ];
  const after: readonly KnownBlock[] = [
    ...remindersOf(reminders, button),
    ...header(words.about),
    ...said(clip(about, longestOnHome)),
    ...header(words.privacy),
    ...said(clip(privacy, longestOnHome)),
    forget,
  ];
  const shown = themes.map((row) => drawRow(row, button));
  const blocks = [...before, ...upTo(limits.viewBlocks - before.length - after.length, shown), ...after];
  return { type: "home", blocks };
}

const longestOnHome = 6_000;
// So that the themes and what is kept find room beside them.
const mostReminders = 30;

/** Each with its button, then what else there is to press. */
function remindersOf(reply: Reply, button: DrawButton): readonly KnownBlock[] {
  const all = reply.kind === "list" ? reply.rows : [];
  return [
    ...header(words.reminders),
    ...said(clip(reply.say, limits.text)),
    ...all.slice(0, mostReminders).map((row) => drawRow(row, button)),
    ...(all.length > mostReminders ? quiet([words.moreReminders]) : []),
    ...aside(reply.asides.join("\n"), limits.text),
    ...rows(reply.buttons.flatMap((one) => button(one))),
  ];
}

const forget: KnownBlock = {
  type: "actions",
  elements: [
    {
      type: "button",
      action_id: actionIds.forget,
      style: "danger",
      text: plainText(words.forget, limits.label),
      accessibility_label: words.forget,
      value: "forget",
      confirm: {
        title: plainText(words.forgetTitle, 100),
        text: plainText(words.forgetText, 300),
        confirm: plainText(words.forgetNow, 30),
        deny: plainText(words.keep, 30),
        style: "danger",
      },
    },
  ],
};

/** A window of these blocks, with a way to close it. */
export const modal = (title: string, blocks: readonly KnownBlock[]): Modal => ({
  type: "modal",
  title: plainText(title, limits.viewTitle),
  close: plainText(words.close, limits.viewTitle),
  blocks: [...blocks],
});

/** The first blocks, and where some are left, a line that says so. */
const upTo = (most: number, blocks: readonly KnownBlock[]): readonly KnownBlock[] =>
  blocks.length <= most ? blocks : [...blocks.slice(0, most - 1), ...quiet([words.moreThanFits])];

/** Each citation with where it stands and what it says, in the order of the marks. */
function passagesOf({ citations }: Answer, passages: readonly ShownPassage[]): readonly string[] {
  return citations.map((citation) => {
    const found = passages.find(({ id }) => id === citation.passage);
    const [line = ""] = sourcesOf([citation], false);
    if (found === undefined) return line;
    const where = escaped(plainText(words.where(found.section, found.sentence), limits.header).text);
    return `*[${citation.n}]* ${where}\n${escaped(clip(found.gist, longestGist))}`;
  });
}

const longestGist = 2_000;

/** In a box of their own, as they are, so that they are easy to select. */
function referencesOf(references: readonly string[]): readonly KnownBlock[] {
  const boxes = references.flatMap((reference) =>
    // A backtick would end the box.
    pieces(reference.replaceAll("`", "'"), limits.text - 6).map((text) => `\`\`\`${text}\`\`\``),
  );
  const shown = upTo(20, sections(boxes));
  return shown.length === 0 ? [] : [...header(references.length === 1 ? words.reference : words.references), ...shown];
}

/** Each address once. */
function addressesOf({ citations }: Answer): readonly string[] {
  const urls = [...new Set(citations.flatMap(({ url }) => url ?? []))];
  return urls.flatMap((url) => {
    const shown = link(url, words.readSource(hostOf(url)));
    return shown.startsWith("<") ? [shown] : [];
  });
}

const hostOf = (url: string): string => (URL.canParse(url) ? new URL(url).host : clean(url));
