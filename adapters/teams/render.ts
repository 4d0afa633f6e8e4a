/** A reply as a message of Teams': all of it in words, and a card with what can be done; or as a card alone. */
import { isTopic, ledBy, tokenOfAnswer } from "#src/doors/answer.ts";
import { plain } from "#src/plain.ts";
import type { Answer, Button, Reply, Row } from "#src/reply.ts";
import { actionOf, own, pressOf, rows, type Sends, verbs } from "./actions.ts";
import { limits } from "./budget.ts";
import type { Action, Card, Container, Element } from "./card.ts";
import { attached, cardOf, heading, lines, quiet, run } from "./card-parts.ts";
import {
  bodyInCard,
  bodyInText,
  citationEntities,
  type GistOf,
  sourceLines,
  sourcesInWords,
  titleOf,
  usedBy,
} from "./cited.ts";
import type { Message } from "./connector.ts";
import { contactsInCard, contactsInText } from "./contacts.ts";
import { type Extent, fitted } from "./extent.ts";
import { inputsOf, openOf, saveOf } from "./form-card.ts";
import { bold, clip, oneLine, paragraphs, tagless } from "./markdown.ts";
import { words } from "./words.ts";

/** Who will see it, and what may stand beside it. */
export type Options = {
  /** `all`: several read along, and a form is opened by whoever presses; `one`: nobody else sees it. */
  readonly audience: "one" | "all";
  /** Names what an answer is about, where no question stands above it. */
  readonly titled?: boolean;
  /** A message of our own accord: its words stand above what it cites, and there is nothing to vote on. */
  readonly isOurs?: boolean;
  /** Default `execute`. */
  readonly actions?: Sends;
  /** What Teams shows of a passage when its mark is pressed. Default: the sentence that rests on it. */
  readonly gistOf?: GistOf;
};

/** Draws the reply as a message of at most 26,000 bytes. A reply to danger has its numbers in the text. */
export function draw(whole: Reply, options: Options): Message {
  const { lead, reply, how } = howOf(whole, options, false);
  const isOurs = options.isOurs === true;
  return fitted(reply, (extent): Message => {
    const body = bodyOf(reply, how, extent);
    const text = textOf(reply, how, extent).join("\n\n");
    const used = usedBy(extent.body, reply.kind === "answer" ? reply.citations : []);
    return {
      text: text === "" ? words.answered : text,
      textFormat: "markdown",
      summary: summaryOf(reply, lead),
      entities: citationEntities(extent.body, used, options.gistOf ?? (() => null)),
      attachments: body.length === 0 ? [] : [attached(cardOf(body, beside(reply)))],
      asksVote: reply.kind === "answer" && !isOurs,
    };
  });
}

/** Draws the reply as a card with its words in it, of at most 26,000 bytes: in the place of another card, or in a dialog. */
export function drawCard(whole: Reply, options: Options): Card {
  const { reply, how } = howOf(whole, options, true);
  return fitted(reply, (extent) => cardOf(bodyOf(reply, how, extent), plain(reply).trim() || words.answered));
}

type How = {
  /** Whether the words are in the card. */
  readonly isAlone: boolean;
  readonly isOurs: boolean;
  readonly audience: Options["audience"];
  readonly sends: Sends;
  readonly lead: string;
  readonly title: string;
};

const longestLead = 1_500;

function howOf(whole: Reply, options: Options, isAlone: boolean): { lead: string; reply: Reply; how: How } {
  const { audience, isOurs = false, titled = false, actions: sends = "execute" } = options;
  const led = isOurs ? ledBy(whole) : { lead: "", reply: whole };
  const lead = clip(led.lead, longestLead);
  const title = titled && lead === "" && led.reply.kind === "answer" ? titleOf(led.reply) : "";
  return { lead, reply: led.reply, how: { isAlone, isOurs, audience, sends, lead, title } };
}

/** What a locked telephone shows: of a reply to danger, nothing. */
function summaryOf(reply: Reply, lead: string): string {
  if (reply.kind === "crisis") return words.answered;
  const first = lead || (reply.kind === "answer" ? reply.body[0].text : reply.say).trim();
  return tagless(first.split("\n")[0] ?? "", limits.summary) || words.answered;
}

/** Paragraphs of Markdown. */
function textOf(reply: Reply, { lead, title }: How, extent: Extent): readonly string[] {
  const asides = paragraphs(asidesOf(reply));
  switch (reply.kind) {
    case "answer":
      return [...paragraphs(lead), ...bold(title, limits.heading), ...bodyInText(extent.body), ...asides];
    case "crisis":
      return contactsInText(reply, extent);
    case "list":
      return [...paragraphs(clip(reply.say, extent.say)), ...titlesOf(reply.rows.slice(0, extent.items)), ...asides];
    case "choices":
    case "abstention":
    case "note":
    case "form":
      return [...paragraphs(clip(reply.say, extent.say)), ...asides];
    default:
      return reply satisfies never;
  }
}

/** On one line: the card below has a line for each. */
const titlesOf = (shown: readonly Row[]): readonly string[] => paragraphs(shown.map(nameOf).join("; "));

const asidesOf = ({ asides }: Reply): string => clip(asides.join("\n"), limits.asides);

function bodyOf(reply: Reply, how: How, extent: Extent): readonly Element[] {
  if (reply.kind === "answer") return answerOf(reply, how, extent);
  const buttons = rows(reply.buttons.flatMap((button) => pressOf(button, how.sends)));
  if (reply.kind === "crisis") return [...(how.isAlone ? contactsInCard(reply, extent) : []), ...buttons];
  const [said, asides] = how.isAlone ? [lines(clip(reply.say, extent.say)), quiet(asidesOf(reply))] : [[], []];
  if (reply.kind === "list") return [...said, ...rowsOf(reply.rows, extent.items, how), ...asides, ...buttons];
  if (reply.kind === "form") return [...said, ...formOf(reply, how), ...asides, ...buttons];
  return [...said, ...asides, ...buttons];
}

function answerOf(reply: Answer, how: How, { body, isCut, isLinked }: Extent): readonly Element[] {
  const used = usedBy(body, reply.citations);
  const topics = rows(pressed(reply.buttons.filter(isTopic), how));
  const others = pressed(
    reply.buttons.filter((button) => !isTopic(button)),
    how,
  );
  const sources = own(isCut ? words.readWhole : words.openSources, verbs.sources, tokenOfAnswer(reply), how.sends);
  const asides = how.isAlone ? quiet(asidesOf(reply)) : [];
  const said = [...lines(how.lead), ...heading(how.title, limits.heading), ...bodyInCard(body)];
  return [
    ...(how.isAlone ? said : []),
    // What can be done with a reminder stands nearer than where its sentence comes from.
    ...(how.isOurs ? [...rows(others), ...asides, ...topics] : []),
    ...(isCut ? quiet(words.isCut) : []),
    ...heading(words.sources, limits.heading, "Small"),
    ...sourceLines(used, isLinked),
    ...(how.isOurs ? rows(sources) : [...rows([...sources, ...others]), ...asides]),
    ...(how.isOurs || topics.length === 0 ? [] : [...heading(words.related, limits.heading, "Small"), ...topics]),
  ];
}

const pressed = (buttons: readonly Button[], { sends }: How): readonly Action[] =>
  buttons.flatMap((button) => pressOf(button, sends));

const longestTitle = 120;
const longestGist = 300;

/** The first rows, each of which can be pressed, and how many more there are. */
function rowsOf(all: readonly Row[], count: number, { sends }: How): readonly Element[] {
  const shown = all.slice(0, count).map(
    (row): Container => ({
      type: "Container",
      separator: true,
      spacing: "Small",
      items: [
        { type: "RichTextBlock", inlines: [run(nameOf(row), { weight: "Bolder" })] },
        ...lines(oneLine(row.gist, longestGist)).map((line) => ({ ...line, spacing: "None" as const })),
      ],
      selectAction: actionOf({
        label: words.showInFull(nameOf(row)),
        data: { verb: verbs.press, token: row.button.token.slice(0, limits.token) },
        sends,
      }),
    }),
  );
  return [
    ...(shown.length === 0 ? [] : quiet(words.chooseRow)),
    ...shown,
    ...(count < all.length ? quiet(words.moreRows(all.length - count)) : []),
  ];
}

const nameOf = ({ title, button }: Row): string =>
  oneLine(title, longestTitle) || oneLine(button.label, longestTitle) || words.show;

function formOf(reply: Extract<Reply, { kind: "form" }>, { audience, sends }: How): readonly Element[] {
  if (audience === "all") return rows([openOf(reply, sends)]);
  return [...inputsOf(reply), ...rows([saveOf(reply, sends)])];
}

const longestBeside = 1_500;

/** In words, what stands in the card and not in the text. Of an answer it is the sources alone: they go with its words anywhere. */
function beside(reply: Reply): string {
  const labels = reply.kind === "answer" ? [] : reply.buttons.map(({ label }) => oneLine(label, limits.title));
  const shown = [...besideOf(reply), ...labels].filter((line) => line.trim() !== "");
  return clip(shown.join("\n"), longestBeside) || words.answered;
}

function besideOf(reply: Reply): readonly string[] {
  if (reply.kind === "answer") return [words.sources, sourcesInWords(reply.citations)];
  if (reply.kind === "list") return reply.rows.map((row) => `${nameOf(row)}. ${oneLine(row.gist, longestGist)}`);
  return reply.kind === "form" ? reply.fields.map(({ label }) => label) : [];
}
