/**
 * Details of a client in what someone typed: a name with a date of birth, numbers of cases, health and visas, addresses,
 * telephones, e-mail. Places, languages, authors, years, ages and counts are none. Pure; time grows with the length.
 */
import { maxCharacters } from "../turn.ts";
import { addresses } from "./address-shapes.ts";
import { births, cued, dates, harmless, mail, numbers, phones, type Shape } from "./detail-shapes.ts";
import { isAround, isBeside, isClients, type Name, nameBefore, namesIn, withLastName } from "./person-names.ts";

/** Whether a message looks as if it carries a client's details. Reads the first part only. */
export const hasClientDetails = (text: string): boolean => detailsIn(read(text)).isSure;

/**
 * The message without them, as something to ask: at most `maxCharacters` long, and never with a detail that is seen.
 * Empty where nothing is left.
 */
export function withoutClientDetails(text: string): string {
  let cleaned = read(text);
  // What is left out may bring two things together that look like one more.
  for (let tries = 0; tries < mostTries; tries += 1) {
    const { isSure, spans } = detailsIn(cleaned);
    if (!isSure) return /\p{L}/u.test(cleaned) ? cleaned : "";
    cleaned = read(tidied(without(cleaned, spans)));
  }
  return "";
}

const mostTries = 4;

type Span = { readonly start: number; readonly end: number; readonly isName: boolean };
type Found = { readonly isSure: boolean; readonly spans: readonly Span[] };

/** As it is looked at: digits of other scripts as ours, one kind of dash and of space, nothing invisible. */
const read = (text: string): string =>
  text
    .slice(0, maxCharacters)
    .toWellFormed()
    .replace(/\p{Cf}/gu, "")
    .normalize("NFKC")
    .replace(/[٠-٩۰-۹]/g, (digit) => String(digit.charCodeAt(0) & 15))
    .replace(/[\u2010-\u2015\u2212]/g, "-")
    .replace(/[^\S\n]+/g, " ")
    .slice(0, maxCharacters)
    .toWellFormed();

// Takes the place of what has been looked at, so that it is not taken for part of something else.
const seen = "·";

function detailsIn(text: string): Found {
  // All but an address of e-mail have figures in them; most questions have none.
  const isFigured = /\d/.test(text);
  const born = take(isFigured ? take(text, harmless).left : text, isFigured ? births : []);
  let left = born.left;
  const spans = [...born.spans];
  for (const shapes of isFigured ? [mail, cued, numbers, phones, addresses] : [mail]) {
    const taken = take(left, shapes);
    left = taken.left;
    spans.push(...taken.spans);
  }
  const dated = isFigured ? take(left, dates).spans : [];
  const named = namesIn(text);
  const clients = named.filter((name) => isClients(name, text) || dated.some((date) => isBeside(name, date, text)));
  const isSure = spans.length > 0 || clients.length > 0;
  if (!isSure) return { isSure, spans: [] };
  const starts = [...spans, ...dated].map(({ start }) => start);
  const unlisted = born.spans.flatMap(({ start }) => nameBefore(start, text) ?? []);
  const around = named
    .filter((name) => clients.includes(name) || isAround(name, text) || isNear(name, spans))
    .map((name) => withLastName(name, text, starts));
  return {
    isSure,
    spans: [...spans, ...dated, ...[...around, ...unlisted].map(({ start, end }) => ({ start, end, isName: true }))],
  };
}

/** A name that no list knows, right beside a number or an address. */
const isNear = ({ words, start, end }: Name, spans: readonly Span[]): boolean =>
  words > 1 && spans.some((span) => Math.abs(span.start - end) <= 4 || Math.abs(start - span.end) <= 4);

/** Finds all of these shapes, and gives the text with them out of the way. */
function take(text: string, shapes: readonly Shape[]): { readonly left: string; readonly spans: readonly Span[] } {
  let left = text;
  const spans: Span[] = [];
  for (const { pattern, is } of shapes)
    for (const match of left.matchAll(pattern)) {
      if (is !== undefined && !is(match)) continue;
      const start = match.index + (match.groups?.keep?.length ?? 0);
      const end = match.index + match[0].length;
      spans.push({ start, end, isName: false });
      left = left.slice(0, start) + seen.repeat(end - start) + left.slice(end);
    }
  return { left, spans };
}

/** Leaves the spans out. A name becomes "my client", unless the words before it say as much. */
function without(text: string, spans: readonly Span[]): string {
  let cleaned = "";
  let at = 0;
  for (const { start, end, isName } of spans.toSorted((a, b) => a.start - b.start || b.end - a.end)) {
    if (start >= at) {
      cleaned += text.slice(at, start);
      if (isName) cleaned = withClient(cleaned);
    }
    at = Math.max(at, end);
  }
  return cleaned + text.slice(at);
}

function withClient(before: string): string {
  const bare = before.replace(
    /(?:['’]?s)?(?:\s*\b(?:names?|is|was|called|named|mr|mrs|ms|miss|mx)\b[.:,]?)+\s*$/i,
    " ",
  );
  if (/\b(?:cl[ei]{2}nt|pat[ei]{2}nt|pt|user|resident|boy|girl|lad|child|woman|man|lady|someone)[:,]? ?$/i.test(bare))
    return bare;
  return /[\p{L}\p{N}]$/u.test(bare) ? `${bare} my client` : `${bare}my client`;
}

/** Without what the words that were left out have left behind: empty brackets, marks with nothing before them. */
const tidied = (text: string): string =>
  text
    .replace(/\bmy client['’]s? name (?:is )?/gi, "my client ")
    .replace(/\b(?:my client[\s,]*){2,}/gi, "my client ")
    .replace(/\(\s*[,;:]?\s*\)|\[\s*\]/g, " ")
    .replace(/\b(?:called|named|on|at)\s*(?=[,.;?]|$)/gi, " ")
    .replace(/\s*[,;:]+(?:\s*[,;:.]+)+/g, (marks) => (marks.includes(".") ? "." : ","))
    .replace(/ +([,;:.?])/g, "$1")
    .replace(/[,;:](?=[?.])/g, "")
    .replace(
      /\b(client|patient), (?=(?:is|has|was|can|cannot|does|did|says|needs|wants|will|keeps|feels|wakes)\b)/gi,
      "$1 ",
    )
    .replace(/(^|\n)[\s,;:.\-/)#]+/g, "$1")
    .replace(/[\s,;:(\-/]+$/g, "")
    .replace(/ {2,}/g, " ")
    .trim();
