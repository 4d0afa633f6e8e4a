/** What Teams would refuse or misread in what is drawn for it, in words. */
import { limits, sizeOf } from "#adapters/teams/budget.ts";
import type { Action, Card, TextRun } from "#adapters/teams/card.ts";
import type { Message } from "#adapters/teams/connector.ts";
import type { Reply } from "#src/reply.ts";

type Node = Readonly<Record<string, unknown>>;

/** Every object inside, the outer before the inner. */
export function nodesIn(part: unknown): readonly Node[] {
  if (typeof part !== "object" || part === null) return [];
  const inner = Object.values(part).flatMap(nodesIn);
  return Array.isArray(part) ? inner : [part as Node, ...inner];
}

export const ofType = (part: unknown, ...types: readonly string[]): readonly Node[] =>
  nodesIn(part).filter(({ type }) => types.includes(String(type)));

const runsIn = (part: unknown): readonly TextRun[] => ofType(part, "TextRun") as unknown as readonly TextRun[];

/** What the card shows, one block a line. */
export const shownIn = (part: unknown): string =>
  ofType(part, "RichTextBlock")
    .map((block) => runsIn(block).map(({ text }) => text))
    .map((texts) => texts.join(""))
    .join("\n");

/** Every button, rows of lists too; not what stands in for one in older clients. */
export const buttonsIn = (part: unknown): readonly Exclude<Action, { type: "Action.OpenUrl" }>[] => {
  const standIns = new Set(nodesIn(part).map(({ fallback }) => fallback));
  const found = ofType(part, "Action.Execute", "Action.Submit").filter((one) => !standIns.has(one));
  return found as unknown as readonly Exclude<Action, { type: "Action.OpenUrl" }>[];
};

/** The addresses that a reply has, as they are written when they lead somewhere. */
const urlsOf = (reply: Reply): ReadonlySet<string> => {
  const urls =
    reply.kind === "answer"
      ? reply.citations.flatMap(({ url }) => url ?? [])
      : reply.kind === "crisis"
        ? reply.contacts.flatMap(({ url }) => url ?? [])
        : [];
  return new Set(urls.map((url) => new URL(url).href));
};

/** All that is wrong with the card; nothing where Teams takes it and shows it as it is meant. */
export function faultsInCard(card: Card, reply: Reply): readonly string[] {
  const wrong: readonly (readonly [boolean, string])[] = [
    [sizeOf(card) > 26_000, `a card of ${sizeOf(card)} bytes`],
    [card.fallbackText.trim() === "", "a card without words for older clients"],
    [card.version !== "1.5" || card.lang !== "en", "a card of another version or language"],
    [card.body.length === 0, "an empty card"],
    [ofType(card, "TextBlock").length > 0, "a TextBlock, which reads Markdown"],
    [nodesIn(card).some(({ text }) => typeof text === "string" && /\{\{/.test(text)), "a date to fill in"],
    [runsIn(card).some(({ text }) => text === "" || /[\p{Cc}\p{Cf}\p{Cs}]/u.test(text)), "an empty or hidden text"],
    [ofType(card, "ActionSet").some(({ actions }) => (actions as unknown[]).length > 6), "more than six in a row"],
    [ofType(card, "ActionSet").some(({ actions }) => (actions as unknown[]).length === 0), "an empty row"],
  ];
  const urls = urlsOf(reply);
  const led = ofType(card, "Action.OpenUrl").map(({ url }) => String(url));
  return [
    ...wrong.flatMap(([isWrong, what]) => (isWrong ? [what] : [])),
    ...led.filter((url) => !url.startsWith("https://") || !urls.has(url)).map((url) => `leads to ${url}`),
    ...buttonsIn(card).flatMap(faultsOfButton),
  ];
}

function faultsOfButton(button: Exclude<Action, { type: "Action.OpenUrl" }>): readonly string[] {
  const { title, data } = button;
  const isNamed = title !== "" && title.length <= 160 && data.verb !== "";
  if (!isNamed) return ["a button without a name"];
  if (button.type === "Action.Submit") return [];
  const { fallback, verb } = button;
  const isSame = JSON.stringify(fallback?.data) === JSON.stringify(data) && fallback.title === title;
  const inputs = button.associatedInputs === fallback?.associatedInputs;
  return fallback?.type === "Action.Submit" && isSame && inputs && verb === data.verb
    ? []
    : [`no stand-in for ${title}`];
}

/** All that is wrong with the message. */
export function faultsIn(message: Message, reply: Reply): readonly string[] {
  const { text, summary, attachments } = message;
  const wrong: readonly (readonly [boolean, string])[] = [
    [sizeOf(message) > 26_000, `a message of ${sizeOf(message)} bytes`],
    [text.trim() === "" || !text.isWellFormed(), "no text"],
    [summary.trim() === "" || summary.length > limits.summary || /[<>\n]/.test(summary), "no summary, or a wrong one"],
    [/[\p{Cf}\t]/u.test(text), "hidden characters"],
  ];
  return [
    ...wrong.flatMap(([isWrong, what]) => (isWrong ? [what] : [])),
    ...activeIn(text, urlsOf(reply)),
    ...faultsOfCitations(message),
    ...attachments.flatMap(({ content }) => faultsInCard(content, reply)),
  ];
}

/** What in Markdown does something, beside what is meant to: marks, headings in bold, items of a list, contacts' addresses. */
function activeIn(text: string, urls: ReadonlySet<string>): readonly string[] {
  const bare = text
    .replace(/\\[^a-zA-Z0-9\s]/g, "x")
    .replace(/\[([^[\]]+)\]\((https:[^()\s]+)\)/g, (whole, label: string, url: string) =>
      urls.has(url) && url.includes(label.replace(/^\W+|\W+$/g, "").split("/")[0] ?? "") ? "" : whole,
    )
    .replace(/(?:\[\d+\])+(?!\()/g, "");
  return bare.split("\n").flatMap((line) => {
    const rest = line.replace(/^\*\*([^*]+)\*\*$/, "$1").replace(/^- /, "");
    const isActive = /[<>[\]`*_~|\\]|^\s*(?:[#+=-]|\d+[.)])|^ {4}|&(?!amp;|lt;|gt;)|:\/\//.test(rest);
    return isActive ? [`acts: ${rest.slice(0, 60)}`] : [];
  });
}

type Claim = {
  readonly position: number;
  readonly appearance: { readonly name: string; readonly abstract: string; readonly url?: string };
};

/** The claims of its one root entity. */
export const claimsIn = ({ entities }: Message): readonly Claim[] =>
  entities.flatMap(({ citation }) => citation as readonly Claim[]);

function faultsOfCitations(message: Message): readonly string[] {
  const claims = claimsIn(message);
  const positions = new Set(claims.map(({ position }) => position));
  const marks = message.text.replace(/\\[^a-zA-Z0-9\s]/g, "");
  return [
    ...(message.entities.length > 1 ? ["more than one root"] : []),
    ...(claims.length > 20 || positions.size < claims.length ? [`${claims.length} citations`] : []),
    ...claims.flatMap(({ position, appearance: { name, abstract, url = "https:" } }) => [
      ...(marks.includes(`[${position}]`) ? [] : [`nothing is marked ${position}`]),
      ...(name === "" || name.length > 80 ? [`a name of ${name.length}`] : []),
      ...(abstract === "" || abstract.length > 160 ? [`an abstract of ${abstract.length}`] : []),
      ...(url.startsWith("https:") ? [] : [`leads to ${url}`]),
    ]),
  ];
}
