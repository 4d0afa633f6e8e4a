/** Reads what Slack drew, from the blocks as Slack gets them. */

import { windowOf } from "#adapters/slack/form-view.ts";
import { draw } from "#adapters/slack/render.ts";
import { words as own } from "#adapters/slack/words.ts";
import type { Reply } from "#src/reply.ts";
import { type Json, listOf, objectOf, textOf } from "../helpers/slack/team.ts";
import { readContact, readText } from "./plain-shown.ts";
import {
  asWritten,
  type DrawnButton,
  headingOf,
  joined,
  linesOf,
  nothingShown,
  offered,
  type Shown,
  sourceOf,
  tidied,
} from "./shown.ts";

/** What somebody in Slack reads. `isOurs`: a message of our own accord; `audience`: as in the door. */
export function slackShows(reply: Reply, isOurs: boolean, audience: "one" | "all" = "one"): Shown {
  const blocks = listOf(draw(reply, { audience, isOurs }).blocks);
  const shown = readBlocks(reply, blocks, isOurs);
  // A message cannot hold a form: it is behind a button.
  return reply.kind === "form" ? { ...shown, fields: fieldsIn(reply) } : shown;
}

/** What a notification or a screen reader says of it. */
export const slackSays = (reply: Reply, isOurs: boolean): Shown =>
  readText(reply, plainOf(draw(reply, { audience: "one", isOurs }).text));

function readBlocks(reply: Reply, blocks: readonly Json[], isOurs: boolean): Shown {
  const buttons = blocks.flatMap((block) => (block.type === "actions" ? listOf(block.elements) : [])).map(buttonOf);
  const ours = buttons.filter(({ id }) => id.startsWith("press."));
  const rows = blocks.flatMap((block) => (block.accessory === undefined ? [] : [rowOf(reply, block)]));
  const quiet = blocks.filter(({ type }) => type === "context").map((block) => writtenIn(listOf(block.elements)[0]));
  const sourcesAt = quiet.findIndex((text) => text.startsWith(bold(own.sources)));
  // What is long is divided over several blocks; each line of them has a number.
  const isSources = (text: string, at: number): boolean =>
    at === sourcesAt || (at > sourcesAt && /^\[\d+\] /.test(text));
  const sources = sourcesAt === -1 ? [] : quiet.filter(isSources).flatMap((text) => text.split("\n"));
  const asides = quiet.filter((text, at) => (sourcesAt === -1 || !isSources(text, at)) && text !== bold(own.related));
  const loud = blocks.filter(
    ({ type, accessory }) => (type === "section" || type === "header") && accessory === undefined,
  );
  const read = readLoud(reply, loud, isOurs);
  return {
    ...nothingShown,
    contacts: read.contacts,
    words: [...read.words, ...asides.flatMap((text) => linesOf(plainOf(text)))],
    sources: sources.filter((line) => line !== bold(own.sources)).map(sourceIn),
    ...offered(ours.map((button) => asWritten(reply, button))),
    rows,
  };
}

/** What is said, and in a crisis whom to reach. */
function readLoud(reply: Reply, blocks: readonly Json[], isOurs: boolean): Pick<Shown, "words" | "contacts"> {
  // Of our own accord, what is due stands first, and as large as a heading would be.
  const texts = blocks.map((block, at) => ({
    isHeading: block.type === "header" || (isOurs && at === 0),
    text: plainOf(writtenIn(block.text)),
  }));
  if (reply.kind !== "crisis") return { words: paragraphsOf(reply, texts), contacts: [] };
  const headings = new Set(reply.contacts.map(headingOf));
  const groups = texts.map(({ text }) => text.split("\n")).filter(([first = ""]) => headings.has(unbolded(first)));
  const said = texts.map(({ text }) => text).filter((text) => !headings.has(unbolded(text.split("\n")[0] ?? "")));
  return {
    words: withoutRepeat(said.flatMap(linesOf)),
    contacts: groups.flatMap(([country = "", ...lines]) =>
      lines.map((line) => readContact(unbolded(country), line.replace(/^• /, ""))),
    ),
  };
}

/** What to do first stands once more at the end, where a chat shows it. */
const withoutRepeat = (lines: readonly string[]): readonly string[] =>
  lines.length > 1 && lines.at(-1) === lines[0] ? lines.slice(0, -1) : lines;

/** A paragraph of an answer may be divided over several blocks; what is between two headings belongs together. */
function paragraphsOf(reply: Reply, texts: readonly { readonly isHeading: boolean; readonly text: string }[]) {
  if (reply.kind !== "answer") return texts.flatMap(({ text }) => linesOf(text));
  const found: { readonly isHeading: boolean; text: string }[] = [];
  for (const one of texts) {
    const last = found.at(-1);
    if (last === undefined || last.isHeading || one.isHeading) found.push({ ...one });
    else last.text += ` ${one.text}`;
  }
  return found.map(({ text }) => tidied(text));
}

const bold = (text: string): string => `*${text}*`;
const unbolded = (text: string): string => text.replace(/^\*(.*)\*$/, "$1");

/** "[1] <https://…|label>", or without a link. */
function sourceIn(line: string) {
  const [, n, rest = ""] = /^\[(\d+)\] (.*)$/s.exec(line) ?? [];
  const [, url, label] = /^<([^|>]+)\|(.*)>$/s.exec(rest) ?? [];
  return sourceOf(Number(n), unescaped(label ?? rest), url === undefined ? null : unescaped(url));
}

function rowOf(reply: Reply, block: Json): string {
  const [title = "", ...gist] = plainOf(writtenIn(block.text)).split("\n");
  const button = buttonOf(objectOf(block.accessory));
  const named = unbolded(title);
  const isRight =
    reply.kind === "list" && reply.rows.some((row) => row.title === named && row.button.token === button.token);
  return joined(isRight ? named : `${named} (leads to ${button.token})`, gist.join("\n"));
}

const buttonOf = (button: Json): DrawnButton & { readonly id: string } => ({
  id: textOf(button.action_id),
  label: textOf(objectOf(button.text).text),
  token: textOf(button.value),
});

const writtenIn = (text: unknown): string => {
  const { type, text: written } = objectOf(text);
  return type === "plain_text" ? escaped(textOf(written)) : textOf(written);
};

const escaped = (text: string): string => text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** mrkdwn as it is read: a mark without its link, and an address where a link shows only a part of it. */
const plainOf = (text: string): string =>
  unescaped(text.replace(/<([^|>]+)\|([^>]*)>/g, (_, url, label) => (/^\[\d+\]$/.test(label) ? label : url)));

function fieldsIn(reply: Reply): readonly string[] {
  const blocks = listOf(objectOf(windowOf(reply, null)).blocks);
  return blocks
    .filter(({ type }) => type === "input")
    .map(({ label, element }) => {
      const { initial_date, initial_time, initial_value, initial_option } = objectOf(element);
      const value = textOf(initial_date) || textOf(initial_time) || textOf(initial_value);
      return joined(textOf(objectOf(label).text), value || textOf(objectOf(objectOf(initial_option).text).text));
    });
}
