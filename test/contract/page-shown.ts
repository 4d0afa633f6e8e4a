/** Reads what the page drew, in Chromium: the page's own script draws, and what stands in its document then is read. */
import type { Page } from "playwright-core";
import type { Reply } from "#src/reply.ts";
import {
  byLabel,
  contactLine,
  joined,
  nothingShown,
  offered,
  type Shown,
  type ShownSource,
  sourceOf,
  tidied,
} from "./shown.ts";

/** An element: its tag with its classes, such as `p.say`, what it leads to, what stands in it as a field, its name, and what is in it. */
type Element = {
  readonly is: string;
  readonly href: string | null;
  readonly value: string | null;
  readonly name: string | null;
  readonly in: readonly (Element | string)[];
};

/** An article, and the addresses that its sources lead to once they are opened. */
type Drawn = { readonly article: Element; readonly urls: readonly (string | null)[] };

// Hidden words are for screen readers that open a link; they are not part of what is compared.
const script = (replies: readonly Reply[]): string => `(async () => {
  const read = (node) => node.nodeType === Node.TEXT_NODE ? node.data : {
    is: [node.localName, ...node.classList].join("."),
    href: node.getAttribute("href"),
    value: node.localName === "select" ? node.selectedOptions[0]?.textContent ?? "" : ["input", "textarea"].includes(node.localName) ? node.value : null,
    name: node.getAttribute("aria-label"),
    in: [...node.childNodes].filter((child) => !child.classList?.contains("unseen")).map(read),
  };
  const open = async (button) => {
    button.click();
    while (byId("source-body").querySelector(".facts") === null) await new Promise((next) => setTimeout(next));
    const url = byId("source-body").querySelector(".open a")?.getAttribute("href") ?? null;
    const closed = new Promise((next) => dialog.addEventListener("close", next, { once: true }));
    dialog.close();
    await closed;
    return url;
  };
  const drawn = [];
  for (const reply of ${JSON.stringify(replies)}) {
    const article = replyTurn(reply);
    log.replaceChildren(article);
    const urls = [];
    for (const button of article.querySelectorAll(".source")) urls.push(await open(button));
    drawn.push({ article: read(article), urls });
  }
  return drawn;
})()`;

/** What somebody on the page reads of each. The page's own server has to know their sources. */
export async function pageShows(page: Page, replies: readonly Reply[]): Promise<readonly Shown[]> {
  const drawn = await page.evaluate<readonly Drawn[]>(script(replies));
  return drawn.map((one, at) => {
    const reply = replies[at];
    if (reply === undefined) throw new Error("more was drawn than was given");
    return readArticle(reply, one);
  });
}

function readArticle(reply: Reply, { article, urls }: Drawn): Shown {
  const parts = all(article, /^div\.reply-in$/).flatMap(childrenOf);
  const buttons = parts
    .filter(({ is }) => is !== "ul.jumps")
    .flatMap((part) => all(part, /^button\.(?:chip|offer|plain)$/));
  return {
    ...nothingShown,
    words: parts.flatMap((part, at) => wordsIn(part, parts[at + 1])),
    sources: parts
      .flatMap((part) => all(part, /^button\.source$/))
      .map((source, at) => sourceIn(source, urls[at] ?? null)),
    ...offered(buttons.map((button) => byLabel(reply, textIn(button)))),
    rows: parts.flatMap((part) => (part.is === "dl.rows" ? childrenOf(part) : [])).map(rowIn),
    fields: parts.flatMap((part) => all(part, /^div\.field$/)).map(fieldIn),
    contacts: parts.flatMap((part, at) => contactsIn(parts[at - 1], part)),
  };
}

const childrenOf = (element: Element): readonly Element[] => element.in.filter((child) => typeof child !== "string");

/** The elements of this kind at or below this one, in their order. */
const all = (element: Element, kind: RegExp): readonly Element[] => [
  ...(kind.test(element.is) ? [element] : []),
  ...childrenOf(element).flatMap((child) => all(child, kind)),
];

const textIn = (element: Element): string =>
  tidied(element.in.map((child) => (typeof child === "string" ? child : textIn(child))).join(""));

/** What this part says. A heading over contacts belongs to them, and one in small over a list says only what it is. */
function wordsIn(part: Element, next: Element | undefined): readonly string[] {
  if (/^p\.(?:say|prose)$/.test(part.is)) return [textWithMarks(part)];
  if (part.is === "p.aside" && all(part, /^button/).length === 0) return [textIn(part)];
  return part.is === "h4" && next !== undefined && !/^ul\./.test(next.is) ? [textIn(part)] : [];
}

/** A paragraph; a mark whose name is not that of a source by its number shows as what it is. */
function textWithMarks(paragraph: Element): string {
  const wrong = all(paragraph, /^button\.cite$/).find(
    (mark) => !mark.name?.startsWith(`Source ${textIn(mark).slice(1, -1)}: `),
  );
  return wrong === undefined ? textIn(paragraph) : `a mark ${textIn(wrong)} is named ${wrong.name}`;
}

function sourceIn(button: Element, url: string | null): ShownSource {
  const [n = "", label = ""] = childrenOf(button).map(textIn);
  return sourceOf(Number(n.slice(1, -1)), label, url);
}

const rowIn = (row: Element): string => {
  const [title = "", gist = ""] = childrenOf(row).map(textIn);
  return joined(title, gist);
};

function fieldIn(field: Element): string {
  const [label] = all(field, /^label$/);
  const [control] = all(field, /^(?:input|select|textarea)$/);
  return joined(label === undefined ? "" : textIn(label).replace(/ ?\(optional\)$/, ""), control?.value ?? "");
}

function contactsIn(heading: Element | undefined, part: Element): readonly string[] {
  if (part.is !== "ul.contacts" || heading === undefined) return [];
  return all(part, /^div\.contact$/).map((contact) => {
    const [who, hours] = [/^p\.who$/, /^p\.hours$/].map((kind) => all(contact, kind).map(textIn)[0]);
    const ways = all(contact, /^a(?:\.|$)/);
    const way = (word: string) =>
      ways
        .map(textIn)
        .find((text) => text.startsWith(word))
        ?.slice(word.length) ?? null;
    const url = ways.find(({ href }) => href?.startsWith("https:"))?.href ?? null;
    return contactLine(textIn(heading), {
      name: who ?? "",
      call: way("Call "),
      text: way("Text "),
      hours: hours ?? null,
      url,
    });
  });
}
