/** A reply as a message of Slack's. What must never be cut is laid out first; the body gets what room is left. */
import type { ContextActionsBlock, KnownBlock } from "@slack/types";
import { isTopic, ledBy, tokenOfAnswer } from "#src/doors/answer.ts";
import type { Answer, Button, Reply, Row, Segment } from "#src/reply.ts";
import { actionIds } from "./action-ids.ts";
import { aside, fits, header, limits, most, packed, quiet, said, weight } from "./budget.ts";
import { createButtons, type DrawButton, rows } from "./buttons.ts";
import { bodyOf, sourcesOf, usedBy } from "./cited.ts";
import { drawContacts } from "./contacts.ts";
import { fallbackOf } from "./fallback.ts";
import { inputOf } from "./form-inputs.ts";
import { clip, escaped, mrkdwn, plainText } from "./mrkdwn.ts";
import { words } from "./words.ts";

/** Who will see it, and what may stand beside it. */
export type Options = {
  /** `all` is a channel; `one` a direct message, or a message that nobody else sees. */
  readonly audience: "one" | "all";
  /** Offers to share an answer. Only for what one person alone sees in a channel. */
  readonly share?: boolean;
  /** What the person typed, shown again where the chat itself does not show it. */
  readonly asked?: string;
  /** Names what an answer is about, where no question stands above it. */
  readonly titled?: boolean;
  /** A message of our own accord: its words stand above what it cites, and there is nothing to share or to vote on. */
  readonly isOurs?: boolean;
};

/** Draws the reply: all of it in words, for notifications and screen readers, and as blocks. */
export function draw(whole: Reply, options: Options): { text: string; blocks: KnownBlock[] } {
  // Someone in danger should not read their own words again.
  const asked = whole.kind === "crisis" || options.asked === undefined ? "" : options.asked;
  const isOurs = options.isOurs === true;
  const { lead, reply } = isOurs ? ledBy(whole) : { lead: "", reply: whole };
  const how: How = {
    surface: isOurs ? "ours" : "message",
    canShare: !isOurs && options.share === true && options.audience === "one",
    above: [
      ...(asked.trim() === "" ? [] : aside(words.asked(clip(asked, longestAsked)), limits.text)),
      ...said(clip(lead, limits.text)),
      ...(options.titled === true && reply.kind === "answer" ? titleOf(reply) : []),
    ],
  };
  const before = asked.trim() === "" ? "" : words.asked(clip(asked, longestAsked));
  return { text: fallbackOf(reply, isOurs ? lead : before), blocks: [...drawBlocks(reply, how)] };
}

/** Draws the reply for a window: without votes and sharing, which windows do not have, and with a title of its own. */
export const drawForWindow = (reply: Reply): readonly KnownBlock[] =>
  drawBlocks(reply, { surface: "window", canShare: false, above: reply.kind === "answer" ? titleOf(reply) : [] });

/** What an answer is about, where it does not begin with a heading of its own. */
export const titleOf = ({ entries, body }: Answer): readonly KnownBlock[] =>
  body[0].heading === null ? header(entries[0].title) : [];

type How = {
  readonly surface: "message" | "ours" | "window";
  readonly canShare: boolean;
  /** What stands before the reply itself. */
  readonly above: readonly KnownBlock[];
};

type ByKind = { readonly [K in Reply["kind"]]: Extract<Reply, { kind: K }> };
type Table = { readonly [K in keyof ByKind]: (reply: ByKind[K], how: How) => readonly KnownBlock[] };

const longestAsked = 300;
const longestAsides = 1_500;
const longestTitle = 150;
const longestGist = 400;
// More than any form has.
const mostFields = 20;

const table: Table = {
  answer: drawAnswer,
  choices: (reply, how) => drawSaid(reply, how, []),
  abstention: (reply, how) => drawSaid(reply, how, []),
  note: (reply, how) => drawSaid(reply, how, []),
  list: drawList,
  form: drawForm,
  crisis: (reply) => drawContacts(reply),
};

const drawBlocks = (reply: Reply, how: How): readonly KnownBlock[] => drawKind(reply.kind, reply, how);

const drawKind = <K extends keyof ByKind>(kind: K, reply: ByKind[K], how: How): readonly KnownBlock[] =>
  table[kind](reply, how);

/** How much of an answer is shown. */
type Extent = {
  readonly body: readonly Segment[];
  readonly isCut: boolean;
  readonly links: "all" | "sources" | "none";
};

/** Whole where it fits, without links before anything is cut; else its first sentences, and how to read the rest. */
function drawAnswer(reply: Answer, how: How): readonly KnownBlock[] {
  for (const links of ["all", "sources", "none"] as const) {
    const whole = layOut(reply, how, { body: reply.body, isCut: false, links });
    if (fits(whole)) return whole;
  }
  const first = (count: number) =>
    layOut(reply, how, { body: reply.body.slice(0, count), isCut: true, links: "sources" });
  const count = most(reply.body.length - 1, first);
  return count > 0 ? first(count) : drawFirst(reply, how);
}

// A sentence that alone is too long: fewer marks than this leave room for words.
const mostMarks = 10;

function drawFirst(reply: Answer, how: How): readonly KnownBlock[] {
  const [{ text, cites, heading }] = reply.body;
  const [first, ...others] = cites;
  const extent = (shown: string): Extent => ({
    body: [{ text: shown, cites: [first, ...others.slice(0, mostMarks - 1)], heading }],
    isCut: true,
    links: "none",
  });
  return layOut(reply, how, extent(clip(text, limits.total - weight(layOut(reply, how, extent(""))) - 10)));
}

function layOut(reply: Answer, how: How, { body, isCut, links }: Extent): readonly KnownBlock[] {
  const button = createButtons();
  const used = isCut ? usedBy(body, reply.citations) : reply.citations;
  const isOurs = how.surface === "ours";
  const topics = rowsOf(reply.buttons.filter(isTopic), button);
  const others = reply.buttons.filter((one) => !isTopic(one)).flatMap((one) => button(one));
  const own = ownButtons(reply, how, isCut, button);
  return [
    ...how.above,
    ...bodyOf(body, links === "all" ? used : []),
    // What can be done with a reminder stands nearer than where its sentence comes from.
    ...(isOurs ? [...rows(others), ...asidesOf(reply), ...topics] : []),
    ...(isCut ? quiet([words.isCut]) : []),
    ...quiet(packed([`*${words.sources}*`, ...sourcesOf(used, links !== "none")], "\n")),
    ...rows(isOurs ? own : [...own, ...others]),
    ...(isOurs ? [] : asidesOf(reply)),
    ...(isOurs || topics.length === 0 ? [] : [...quiet([`*${words.related}*`]), ...topics]),
    ...(how.surface === "message" ? votesOn(reply) : []),
  ];
}

function ownButtons(reply: Answer, { canShare }: How, isCut: boolean, button: DrawButton) {
  const token = tokenOfAnswer(reply);
  return [
    ...(isCut ? button({ label: words.readWhole, token }, { id: actionIds.whole }) : []),
    ...button({ label: words.openSources, token }, { id: actionIds.sources }),
    ...(canShare ? button({ label: words.share, token }, { id: actionIds.share }) : []),
  ];
}

function votesOn({ entries }: Answer): readonly ContextActionsBlock[] {
  const ids = entries.map(({ id }) => id).join(",");
  if (ids.length > limits.value - "down/".length) return [];
  const half = (label: string, name: string, value: string) => ({
    text: plainText(label, limits.label),
    accessibility_label: plainText(name, limits.label).text,
    value,
  });
  return [
    {
      type: "context_actions",
      elements: [
        {
          type: "feedback_buttons",
          action_id: actionIds.feedback,
          positive_button: half(words.helpful, words.helpfulInFull, `up/${ids}`),
          negative_button: half(words.notHelpful, words.notHelpfulInFull, `down/${ids}`),
        },
      ],
    },
  ];
}

/** What is said, what belongs below it, and the buttons. What is said is cut where there is no room for all of it. */
function drawSaid(
  reply: Exclude<Reply, Answer>,
  how: How,
  below: readonly KnownBlock[],
  button = createButtons(),
): readonly KnownBlock[] {
  const rest = [...below, ...asidesOf(reply), ...rowsOf(reply.buttons, button)];
  const room = limits.total - weight([...how.above, ...rest]);
  return [...how.above, ...said(clip(reply.say, room)), ...rest];
}

function drawList(reply: ByKind["list"], how: How): readonly KnownBlock[] {
  const short = { ...reply, say: clip(reply.say, limits.text) };
  const first = (count: number): readonly KnownBlock[] => {
    const button = createButtons();
    const left = reply.rows.length - count;
    const shown = reply.rows.slice(0, count).map((row) => drawRow(row, button));
    return [
      ...how.above,
      ...said(short.say),
      ...shown,
      ...(left === 0 ? [] : quiet([words.moreRows(left)])),
      ...asidesOf(reply),
      ...rowsOf(reply.buttons, button),
    ];
  };
  return first(most(reply.rows.length, first));
}

/** A title and a gist, with a button beside them. */
export function drawRow({ title, gist, button }: Row, draw: DrawButton): KnownBlock {
  const named = plainText(title, longestTitle).text || plainText(button.label, longestTitle).text || words.show;
  const line = `*${escaped(named)}*`;
  const below = escaped(clip(gist.trim(), longestGist));
  const [accessory] = draw({ label: words.show, token: button.token }, { name: words.showInFull(named) });
  return {
    type: "section",
    text: mrkdwn(below === "" ? line : `${line}\n${below}`),
    ...(accessory === undefined ? {} : { accessory }),
  };
}

/**
 * A message that others see cannot hold a form: its words, and a button that opens it. One that is private stands in its
 * message, since no token could bring back what is in its fields.
 */
function drawForm(reply: ByKind["form"], how: How): readonly KnownBlock[] {
  const button = createButtons();
  const { token, isPrivate } = reply;
  const [label, id] = isPrivate ? [reply.send, actionIds.sendForm] : [words.openForm, actionIds.form];
  const fields = isPrivate ? reply.fields.slice(0, mostFields).map(inputOf) : [];
  return drawSaid(reply, how, [...fields, ...rows(button({ label, token }, { id }))], button);
}

/** Quiet lines beside a reply. */
const asidesOf = ({ asides }: Reply): readonly KnownBlock[] => aside(asides.join("\n"), longestAsides);

const rowsOf = (buttons: readonly Button[], draw: DrawButton): readonly KnownBlock[] =>
  rows(buttons.flatMap((button) => draw(button)));
