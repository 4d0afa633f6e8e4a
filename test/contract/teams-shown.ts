/** Reads what Teams drew, as Teams gets it: the Markdown of the message, its citations, and its card; or a card alone. */
import { verbs } from "#adapters/teams/actions.ts";
import { foundResponse } from "#adapters/teams/found.ts";
import { draw, drawCard } from "#adapters/teams/render.ts";
import { words as own } from "#adapters/teams/words.ts";
import { answerOf } from "#src/conversation/browse.ts";
import type { Entry, Knowledge } from "#src/knowledge/entry.ts";
import type { Reply } from "#src/reply.ts";
import { type Json, listOf, objectOf, textOf } from "../helpers/slack/team.ts";
import { readContact } from "./plain-shown.ts";
import {
  asWritten,
  type DrawnButton,
  headingOf,
  isBeginning,
  joined,
  linesOf,
  nothingShown,
  offered,
  type Shown,
  type ShownSource,
  sourceOf,
  tidied,
} from "./shown.ts";

/** What a passage says, by its id. */
export type GistOf = (passage: string) => string | null;

export type TeamsWay = { readonly isOurs: boolean; readonly audience: "one" | "all"; readonly gistOf: GistOf };

/** What somebody in Teams reads of a message. */
export function teamsShows(reply: Reply, { isOurs, audience, gistOf }: TeamsWay): Shown {
  const message = draw(reply, { audience, isOurs, gistOf });
  const body = message.attachments.flatMap(({ content }) => listOf(content.body));
  const card = readCard(reply, body);
  // Where several read along, a form is behind a button, and then stands in a card for one.
  const form = reply.kind === "form" && audience === "all" ? formCard(reply) : card;
  return {
    ...card,
    fields: form.fields,
    ...readText(reply, message.text),
    sources: withCitations(reply, card.sources, listOf(message.entities), gistOf),
  };
}

/** What somebody in Teams reads of a card in the place of another, or in a dialog. */
export const teamsCardShows = (reply: Reply, actions: "execute" | "submit"): Shown => {
  const body = listOf(drawCard(reply, { audience: "one", actions }).body);
  return { ...readCard(reply, body), ...readLines(reply, body.filter(isRichText).map(lineOf)) };
};

/** What is put into a message from a look-up: below its title, and above where it comes from. */
export function lookUpShows(entry: Entry, knowledge: Knowledge): Shown {
  const reply = answerOf([entry], knowledge);
  const { composeExtension } = foundResponse([entry], knowledge);
  const [result] = composeExtension.type === "result" ? composeExtension.attachments : [];
  const body = listOf(result?.content.body);
  const { words } = readLines(reply, body.filter(isRichText).map(lineOf));
  const isRight = words[0] === entry.title && words.at(-1) === own.from(knowledge.version);
  return { ...readCard(reply, body), words: isRight ? words.slice(1, -1) : words };
}

const formCard = (reply: Reply): Shown => readCard(reply, listOf(drawCard(reply, { audience: "one" }).body));

/** What can be pressed and filled in, and where sources lead. */
function readCard(reply: Reply, body: readonly Json[]): Shown {
  const buttons = body.flatMap(({ type, actions }) => (type === "ActionSet" ? listOf(actions) : [])).map(buttonOf);
  return {
    ...nothingShown,
    ...offered(buttons.filter(({ verb }) => verb === verbs.press).map((button) => asWritten(reply, button))),
    sources: body.filter(isRichText).flatMap(sourcesIn),
    rows: body.filter(({ type }) => type === "Container").map((row) => rowOf(reply, row)),
    fields: body.filter(({ type }) => textOf(type).startsWith("Input.")).map(fieldOf),
  };
}

/** A button; where the one for older clients does another thing, that shows. */
function buttonOf(action: Json): DrawnButton & { readonly verb: string } {
  const { verb = "", token = "" } = objectOf(action.data);
  const { title, data } = action.fallback === undefined ? action : objectOf(action.fallback);
  const isSame = title === action.title && JSON.stringify(data) === JSON.stringify(action.data);
  return {
    verb: textOf(verb),
    label: isSame ? textOf(action.title) : `${textOf(action.title)} or ${textOf(title)}`,
    token: textOf(token),
  };
}

const isRichText = ({ type }: Json): boolean => type === "RichTextBlock";

const sourcesIn = (block: Json): readonly ShownSource[] => {
  const [mark, label] = listOf(block.inlines);
  const n = /^\[(\d+)\]$/.exec(textOf(mark?.text).trim())?.[1];
  return n === undefined ? [] : [sourceOf(Number(n), textOf(label?.text), urlOf(label))];
};

const urlOf = (run: Json | undefined): string | null => textOf(objectOf(run?.selectAction).url) || null;

// A label that is cut names at least the authors, the year and the section.
const shortestLabel = 60;

/**
 * The sources of the card. Where there is no room for links there, the message's citation leads to the source, and a label may
 * be cut. One whose citation says something else shows that.
 */
function withCitations(reply: Reply, sources: readonly ShownSource[], entities: readonly Json[], gistOf: GistOf) {
  if (reply.kind !== "answer") return sources;
  const claims = entities.flatMap(({ citation }) => listOf(citation));
  if (claims.length !== Math.min(20, sources.length))
    return [sourceOf(0, `${claims.length} citations for ${sources.length} sources`, null)];
  return sources.map((source, at): ShownSource => {
    const { label, passage } = reply.citations[at] ?? { label: "", passage: "" };
    const whole = source.label.length >= shortestLabel && isBeginning(source.label, label) ? label : source.label;
    const claim = claims[at];
    if (claim === undefined) return { ...source, label: whole };
    const { name, abstract, url } = objectOf(claim.appearance);
    const leads = sourceOf(source.n, whole, textOf(url) || null);
    const isRight =
      claim.position === source.n &&
      isBeginning(textOf(name), label) &&
      isBeginning(textOf(abstract), tidied(gistOf(passage) ?? "")) &&
      (source.url === null || source.url === leads.url);
    return isRight ? leads : { ...source, label: `${source.label}, but ${JSON.stringify(claim)}` };
  });
}

function rowOf(reply: Reply, row: Json): string {
  const [title = "", ...gist] = listOf(row.items)
    .map(lineOf)
    .map(({ text }) => text);
  const { token } = buttonOf(objectOf(row.selectAction));
  const isRight = reply.kind === "list" && reply.rows.some((one) => one.title === title && one.button.token === token);
  return joined(isRight ? title : `${title} (leads to ${token})`, gist.join(" "));
}

function fieldOf({ label, value, choices }: Json): string {
  const chosen = listOf(choices).find((choice) => choice.value === value);
  return joined(textOf(label).replace(/ \(optional\)$/, ""), textOf(chosen?.title ?? value));
}

/** A line, whether it is a heading, and where it leads to. */
type Line = { readonly text: string; readonly isHeading: boolean; readonly isQuiet: boolean };

function lineOf(block: Json): Line {
  const runs = listOf(block.inlines);
  const [first] = runs;
  // An address is shown as its host.
  const text = runs.map((run, at) => (at > 0 && urlOf(run) !== null ? urlOf(run) : textOf(run.text))).join("");
  return { text: tidied(text), isHeading: first?.weight === "Bolder", isQuiet: first?.isSubtle === true };
}

/** The words of a card: without its own headings and hints, and without the sources. */
function readLines(reply: Reply, lines: readonly Line[]): Pick<Shown, "words" | "contacts"> {
  const hints: readonly string[] = [own.sources, own.related, own.chooseRow];
  const said = lines.filter(({ text }) => !hints.includes(text) && !/^\[\d+\] ?\S/.test(text));
  if (reply.kind !== "crisis") return { words: said.map(({ text }) => text), contacts: [] };
  return grouped(
    reply,
    said.map(({ text }) => text),
  );
}

/** In a crisis, the lines below a country are whom to reach there, up to the words at the end. */
function grouped(reply: Extract<Reply, { kind: "crisis" }>, lines: readonly string[]) {
  const headings = new Set(reply.contacts.map(headingOf));
  const names = reply.contacts.map(({ name }) => name);
  const words: string[] = [];
  const contacts: string[] = [];
  let country = "";
  for (const line of lines) {
    if (headings.has(line)) country = line;
    else if (country !== "" && names.some((name) => line === name || line.startsWith(`${name}: `)))
      contacts.push(readContact(country, line));
    else words.push(line);
  }
  return { words, contacts };
}

/** The words of a message, as its Markdown shows them. */
function readText(reply: Reply, text: string): Pick<Shown, "words" | "contacts"> {
  const lines = text.split("\n\n").flatMap((part) => linesOf(part).map((line) => plainOf(line.replace(/^- /, ""))));
  if (reply.kind === "crisis") {
    const { words, contacts } = grouped(reply, lines);
    // What to do first stands once more at the end, where a chat shows it.
    return { words: words.length > 1 && words.at(-1) === words[0] ? words.slice(0, -1) : words, contacts };
  }
  // The rows are in the card; here their titles stand on one line.
  const titles = reply.kind === "list" ? tidied(reply.rows.map(({ title }) => title).join("; ")) : "";
  return { words: lines.filter((line) => titles === "" || line !== titles), contacts: [] };
}

/** A line of Markdown as it is read: a link by its address, a heading without its stars. */
const plainOf = (line: string): string =>
  tidied(
    line
      .replace(/^\*\*(.*)\*\*$/, "$1")
      .replace(/\[((?:\\.|[^\]\\])*)\]\(([^)]*)\)/g, "$2")
      .replace(/\\(.)/g, "$1")
      .replaceAll("&lt;", "<")
      .replaceAll("&gt;", ">")
      .replaceAll("&amp;", "&"),
  );
