/** A reply as plain text: for terminals, notifications, pipes and tests. */
import type { Answer, Button, Contact, Field, Reply } from "./reply.ts";

/** Lines that belong together, and how loudly they speak where there is colour. An empty line stands between blocks. */
export type Block = { readonly style: "text" | "heading" | "quiet" | "strong"; readonly lines: readonly string[] };

/** What a reply counts as for other programs; lists and forms are notes to them. */
export type Outcome = "answer" | "choices" | "abstention" | "crisis" | "note";

/** The reply as plain text, with numbered buttons where they are the point of it. */
export function plain(reply: Reply): string {
  const offered = reply.kind === "choices" || reply.kind === "abstention" || reply.kind === "list";
  const all = [...blocks(reply), ...(offered ? numbered(reply.buttons, rowsIn(reply)) : [])];
  return stacked(all, (block) => block.lines.join("\n"));
}

/** Blocks drawn one below the other with an empty line between them; a heading stands right above what it heads. */
export function stacked(all: readonly Block[], draw: (block: Block) => string): string {
  return all.map((block, at) => draw(block) + gapBelow(block, at === all.length - 1)).join("");
}

/** The reply without its buttons, block by block. The rows of a list are numbered from 1, as in `pressables`. */
export function blocks(reply: Reply): readonly Block[] {
  const asides = reply.asides.map(quiet);
  switch (reply.kind) {
    case "answer":
      return [...bodyOf(reply), ...sourcesOf(reply), ...asides];
    case "crisis":
      return [text(reply.say), ...byCountry(reply.contacts), ...asides];
    case "list":
      return [
        text(reply.say),
        ...lines(reply.rows.map((row, at) => `${at + 1}. ${joined(row.title, row.gist)}`)),
        ...asides,
      ];
    case "form":
      return [text(reply.say), ...lines(reply.fields.map((field) => joined(field.label, valueIn(field)))), ...asides];
    case "choices":
    case "abstention":
    case "note":
      return [text(reply.say), ...asides];
    default:
      return reply satisfies never;
  }
}

/** What stands in a field of a form, in words; empty where nothing does. */
export const valueIn = ({ input, value }: Field): string =>
  input.kind === "choice" ? (input.options.find((option) => option.value === value)?.label ?? "") : value;

/** Everything in the reply that can be pressed, in the order of its numbers: first rows, then buttons. */
export const pressables = (reply: Reply): readonly Button[] =>
  reply.kind === "list" ? [...reply.rows.map((row) => row.button), ...reply.buttons] : reply.buttons;

/** Buttons as numbered lines that go on from `after`; nothing when there are none. */
export const numbered = (buttons: readonly Button[], after = 0): readonly Block[] =>
  lines(buttons.map((button, at) => `${after + at + 1}. ${button.label}`));

/** What the reply counts as for other programs. */
export const outcomeOf = (reply: Reply): Outcome =>
  reply.kind === "list" || reply.kind === "form" ? "note" : reply.kind;

/** How many numbered rows the reply has before its buttons. */
export const rowsIn = (reply: Reply): number => (reply.kind === "list" ? reply.rows.length : 0);

const gapBelow = ({ style }: Block, isLast: boolean): string => {
  if (isLast) return "";
  return style === "heading" ? "\n" : "\n\n";
};
const text = (say: string): Block => ({ style: "text", lines: say.split("\n") });
const quiet = (say: string): Block => ({ style: "quiet", lines: [say] });
const lines = (all: readonly string[]): readonly Block[] => (all.length === 0 ? [] : [{ style: "text", lines: all }]);
const joined = (title: string, gist: string): string => (gist === "" ? title : `${title}: ${gist}`);

/** A paragraph for each heading; every sentence with its marks. */
function bodyOf({ body }: Answer): readonly Block[] {
  const paragraphs: { heading: string | null; sentences: string[] }[] = [];
  for (const { text, cites, heading } of body) {
    const sentence = `${text} ${cites.map((n) => `[${n}]`).join("")}`;
    const open = paragraphs.at(-1);
    if (open === undefined || heading !== null) paragraphs.push({ heading, sentences: [sentence] });
    else open.sentences.push(sentence);
  }
  return paragraphs.flatMap(({ heading, sentences }): Block[] => [
    ...(heading === null ? [] : [{ style: "heading" as const, lines: [heading] }]),
    text(sentences.join(" ")),
  ]);
}

/** The numbered sources. An address that several in a row share is printed once, below the last of them. */
function sourcesOf({ citations }: Answer): readonly Block[] {
  const listed = citations.flatMap(({ n, label, url }, at) => {
    const isLast = url !== null && citations[at + 1]?.url !== url;
    return [`[${n}] ${label}`, ...(isLast ? [`    ${url}`] : [])];
  });
  return [{ style: "quiet", lines: ["Sources", ...listed] }];
}

const regions = new Intl.DisplayNames("en-GB", { type: "region", fallback: "code" });
const yours = "Your organisation";

/** Ways to reach help, under the name of each country in the order they came. */
function byCountry(contacts: readonly Contact[]): readonly Block[] {
  const groups = Map.groupBy(contacts, ({ country }) => (country === null ? yours : countryName(country)));
  return [...groups].flatMap(([country, inIt]): Block[] => [
    { style: "heading", lines: [country] },
    { style: "strong", lines: inIt.map(reach) },
  ]);
}

function countryName(code: string): string {
  try {
    return regions.of(code.toUpperCase()) ?? code;
  } catch {
    // Not a code at all: the crisis reply is the last place to fail over it.
    return code;
  }
}

function reach({ name, call, text, url, hours }: Contact): string {
  const ways = [call === null ? null : `call ${call}`, text === null ? null : `text ${text}`, hours, url];
  const known = ways.filter((way) => way !== null);
  return known.length === 0 ? name : `${name}: ${known.join("; ")}`;
}
