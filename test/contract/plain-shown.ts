/** Reads what the terminal drew, and a reply in words alone, as notifications and pipes have it. */
import { stripVTControlCharacters } from "node:util";
import { draw } from "#adapters/terminal/draw.ts";
import type { Contact, Reply } from "#src/reply.ts";
import {
  addressOf,
  byLabel,
  contactLine,
  headingOf,
  linesOf,
  nothingShown,
  offered,
  type Shown,
  type ShownSource,
  sourceOf,
  tidied,
} from "./shown.ts";

const hint = "Type a number to choose, or ask in your own words.";

/** What somebody at a terminal reads. */
export const terminalShows = (reply: Reply): Shown => {
  const drawn = stripVTControlCharacters(draw(reply, undefined));
  return readText(reply, drawn.replace(new RegExp(`(?:^|\\n\\n)${hint}$`), ""));
};

/** What stands in a text, whose parts have an empty line between them and whose buttons have numbers. */
export function readText(reply: Reply, text: string): Shown {
  const parts = text.split("\n\n").map((part) => part.split("\n"));
  const buttonsAt = parts.findIndex((part, at) => at > rowsAt(reply, parts) && isNumbered(part));
  const buttons = buttonsAt === -1 ? [] : parts.slice(buttonsAt).flat().map(withoutNumber);
  const rest = buttonsAt === -1 ? parts : parts.slice(0, buttonsAt);
  return { ...readRest(reply, rest), ...offered(buttons.map((label) => byLabel(reply, label))) };
}

const isNumbered = ([first = ""]: readonly string[]): boolean => /^\d+\. /.test(first);
const withoutNumber = (line: string): string => line.replace(/^\d+\. /, "");

/** Where the rows of a list stand: they have numbers as well. -1 for any other reply. */
const rowsAt = (reply: Reply, parts: readonly (readonly string[])[]): number =>
  reply.kind === "list" && reply.rows.length > 0 ? parts.findIndex(isNumbered) : -1;

type Rest = Omit<Shown, "topics" | "others">;
type Parts = readonly (readonly string[])[];

function readRest(reply: Reply, parts: Parts): Rest {
  switch (reply.kind) {
    case "answer":
      return readAnswer(parts);
    case "crisis":
      return readCrisis(reply.contacts, parts);
    case "list":
      return readApart(parts, isNumbered, (lines) => ({ rows: lines.map(withoutNumber).map(tidied) }));
    case "form": {
      const labels = reply.fields.map(({ label }) => label);
      const isFields = ([first = ""]: readonly string[]): boolean =>
        labels[0] !== undefined && first.startsWith(labels[0]);
      return readApart(parts, isFields, (lines) => ({ fields: lines.map(tidied) }));
    }
    default:
      return { ...nothingShown, words: parts.flat().map(tidied) };
  }
}

function readApart(parts: Parts, is: (part: readonly string[]) => boolean, read: (lines: readonly string[]) => object) {
  const at = parts.findIndex(is);
  const words = parts.filter((_, index) => index !== at).flat();
  return { ...nothingShown, ...read(parts[at] ?? []), words: words.map(tidied).filter((line) => line !== "") };
}

function readAnswer(parts: Parts): Rest {
  const at = parts.findLastIndex(([first]) => first === "Sources");
  const words = parts.filter((_, index) => index !== at).flat();
  return { ...nothingShown, words: words.map(tidied), sources: readSources(parts[at]?.slice(1) ?? []) };
}

/** An address stands below the last of the sources that share it. */
function readSources(lines: readonly string[]): readonly ShownSource[] {
  const found: { n: number; label: string; url: string | null }[] = [];
  for (const line of lines) {
    const [, n, label = ""] = /^\[(\d+)\] (.*)$/.exec(line) ?? [];
    if (n !== undefined) found.push({ n: Number(n), label, url: null });
    else for (const one of found) one.url ??= line.trim();
  }
  return found.map(({ n, label, url }) => sourceOf(n, label, url));
}

function readCrisis(contacts: readonly Contact[], parts: Parts): Rest {
  const headings = new Set(contacts.map(headingOf));
  const isGroup = ([first = ""]: readonly string[]): boolean => headings.has(first);
  const groups = parts.filter(isGroup);
  return {
    ...nothingShown,
    words: parts.filter((part) => !isGroup(part)).flatMap((part) => linesOf(part.join("\n"))),
    contacts: groups.flatMap(([country = "", ...lines]) => lines.map((line) => readContact(country, line))),
  };
}

/** "Name: call 1; text 2; hours; https://…", or the name alone. */
export function readContact(country: string, line: string): string {
  const [, name = line, ways = ""] = /^(.*?): (.*)$/s.exec(line) ?? [];
  const all = ways === "" ? [] : ways.split("; ");
  const url = all.find((way) => /^https?:/.test(way)) ?? null;
  const [call, text] = ["call ", "text "].map(
    (word) => all.find((way) => way.startsWith(word))?.slice(word.length) ?? null,
  );
  const hours = all.filter((way) => way !== url && !/^(?:call|text) /.test(way)).join("; ") || null;
  return contactLine(country, { name, call: call ?? null, text: text ?? null, hours, url: url && addressOf(url) });
}
