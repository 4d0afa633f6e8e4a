/** The HTML that Teams writes, as the words a person reads in it. Pure, and in time that grows with the length alone. */

const named: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
  nbsp: " ",
  ndash: "–",
  mdash: "—",
  hellip: "…",
  lsquo: "‘",
  rsquo: "’",
  ldquo: "“",
  rdquo: "”",
};

/** Character references as the characters they stand for, once: `&amp;lt;` is `&lt;`. What is none stays as it is. */
export const decoded = (text: string): string =>
  text.replace(/&(?:#(\d{1,7})|#[xX]([\da-fA-F]{1,6})|([a-z]{2,6}));/g, (whole, decimal, hex, name) => {
    if (name !== undefined) return named[name] ?? whole;
    return characterOf(decimal === undefined ? Number.parseInt(hex, 16) : Number(decimal)) ?? whole;
  });

function characterOf(code: number): string | null {
  const isSurrogate = code >= 0xd800 && code <= 0xdfff;
  return code === 0 || code > 0x10ffff || isSurrogate ? null : String.fromCodePoint(code);
}

// What a line ends with; a cell of a table ends with a space.
const lines = new Set("p div br li ul ol tr table blockquote pre h1 h2 h3 h4 h5 h6 hr codeblock".split(" "));
const cells = new Set(["td", "th"]);
// Nobody reads these as words of the message.
const unread = new Set(["script", "style", "head", "title", "template"]);

/** One tag. `at` is where it begins, `end` where what follows it begins. */
type Tag = {
  readonly name: string;
  readonly isClosing: boolean;
  readonly isEmpty: boolean;
  readonly attributes: string;
  readonly end: number;
};

/**
 * The words: a line for each paragraph, pictures by their description, people unnamed ("@someone"), and who is quoted left
 * out. Words in no tag that is known are kept, so that nothing someone says is lost.
 */
export function wordsOfHtml(html: string): string {
  const kept: string[] = [];
  const lower = html.toLowerCase();
  let from = 0;
  // The element whose words are left out until it ends.
  let inside: string | null = null;
  // Looked for once each: a text of nothing but openings would be searched through as often.
  const endless = new Set<string>();
  for (const [at, tag] of tagsIn(html)) {
    if (inside === null) kept.push(html.slice(from, at));
    from = tag.end;
    if (inside !== null) {
      if (tag.isClosing && tag.name === inside) inside = null;
    } else {
      kept.push(standsFor(tag));
      if (!isLeftOut(tag) || endless.has(tag.name)) continue;
      if (lower.includes(`</${tag.name}`, tag.end)) inside = tag.name;
      else endless.add(tag.name);
    }
  }
  kept.push(html.slice(from));
  return tidy(decoded(kept.join("")));
}

/** Spaces as one, no space at the ends of lines, and no empty line. */
export const tidy = (text: string): string =>
  text
    .replaceAll("\r", "\n")
    .split("\n")
    .map((line) => line.replace(/[ \t\u00a0]+/g, " ").trim())
    .filter((line) => line !== "")
    .join("\n");

/** All tags in order, with where each begins. What never ends is text. */
function* tagsIn(html: string): Generator<readonly [number, Tag]> {
  let at = html.indexOf("<");
  while (at !== -1) {
    const tag = tagAt(html, at);
    if (tag === "endless") return;
    if (tag !== null) yield [at, tag];
    at = html.indexOf("<", tag?.end ?? at + 1);
  }
}

const start = /<(\/?)([a-zA-Z][a-zA-Z0-9:-]{0,30})(?=[\s/>])/y;

function tagAt(html: string, at: number): Tag | null | "endless" {
  if (html.startsWith("<!--", at)) {
    const end = html.indexOf("-->", at + 4);
    return end === -1 ? "endless" : { name: "", isClosing: false, isEmpty: true, attributes: "", end: end + 3 };
  }
  start.lastIndex = at;
  const found = start.exec(html);
  if (found === null) return null;
  const end = endOfTag(html, start.lastIndex);
  if (end === -1) return "endless";
  return {
    name: (found[2] ?? "").toLowerCase(),
    isClosing: found[1] === "/",
    isEmpty: html[end - 1] === "/",
    attributes: html.slice(at + found[0].length, end),
    end: end + 1,
  };
}

/** Where the tag's `>` is, outside of quotation marks; -1 where it has none. */
function endOfTag(html: string, from: number): number {
  let quote = "";
  for (let at = from; at < html.length; at += 1) {
    const character = html.charAt(at);
    if (quote !== "") {
      if (character === quote) quote = "";
    } else if (character === '"' || character === "'") {
      quote = character;
    } else if (character === ">") {
      return at;
    }
  }
  return -1;
}

/** What a tag is read as. */
function standsFor({ name, isClosing, attributes }: Tag): string {
  if (lines.has(name)) return "\n";
  if (cells.has(name)) return " ";
  if (isClosing) return "";
  if (name === "at") return "@someone";
  return name === "img" || name === "emoji" ? (/\balt="([^"<>]{0,300})"/.exec(attributes)?.[1] ?? "") : "";
}

/** Names of people, and what is for machines: of a quotation its words are read, and not whose they are and when. */
const isLeftOut = ({ name, isClosing, isEmpty, attributes }: Tag): boolean =>
  !isClosing && !isEmpty && (name === "at" || unread.has(name) || /\bitemprop="(?:mri|time)"/.test(attributes));

const forward = /<blockquote\b[^<>]{0,500}schema\.skype\.com\/Forward\b[^<>]{0,500}>/i;

/** The words of a message that was forwarded inside of this one; empty where none was. */
export function forwardedIn(html: string): string {
  const found = forward.exec(html);
  if (found === null) return "";
  const from = found.index + found[0].length;
  const end = html.lastIndexOf("</blockquote>");
  return wordsOfHtml(html.slice(from, end < from ? html.length : end));
}
