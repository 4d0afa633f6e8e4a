/** Cuts a phrase into tokens, each with what it is to a phrase about time and where it stood. */
import { type Sense, senseOf } from "./lexicon.ts";

/** One token. `at` and `end` are where it stood in the text as it was given. */
export type Token = {
  /** `clock` is 10:30, `date` is made of numbers alone, `quoted` stood in quotes, `mark` is punctuation. */
  readonly kind: Sense["kind"] | "clock" | "date" | "quoted" | "mark";
  /** Lower case, with slips set right; for a mark the mark itself, for what is made of digits these. */
  readonly word: string;
  readonly value: number;
  readonly isPlural: boolean;
  /** Written in capitals where the rest is not, such as HCPC. */
  readonly isAcronym?: boolean;
  readonly at: number;
  readonly end: number;
};

const pieces = new RegExp(
  [
    /(?<quoted>["“”«»][^"“”«»]{1,80}["“”«»])/u,
    /(?<zone>\b(?:Africa|America|Antarctica|Arctic|Asia|Atlantic|Australia|Europe|Indian|Pacific|Etc|US)\/[A-Za-z_]+(?:\/[A-Za-z_]+)?)/u,
    /(?<plain>\b1(?::1|-1|-2-1|-to-1|to1| to 1| on 1|21)\b(?! ?[ap]m)(?![:.]\d)|\b24\/7\b)/u,
    /(?<date>\b\d{4}[-./]\d{1,2}[-./]\d{1,2}\b|\b\d{1,2}[-./]\d{1,2}[-./](?:\d{4}|\d{2})\b|\b\d{1,2}\/\d{1,2}\b(?![/.\d]))/u,
    /(?<clock>\b\d{1,2}:\d{2}(?::\d{2})?(?!\d)|\b\d{1,2}\.\d{2}(?![\d.]*\d)|\b\d{1,2} ?h ?\d{2}(?!\d))/u,
    /(?<ordinal>\b\d{1,3}(?:st|nd|rd|th|ST|ND|RD|TH)\b)/u,
    /(?<half>\b[AaPp]\.? ?[Mm]\b\.?)/u,
    /(?<initials>\b\p{Lu}\. ?(?:\p{Lu}\.|\p{Lu}\b)(?: ?\p{Lu}\.)*)/u,
    /(?<word>2(?:moro|morrow|nite|day|mrw|mro)\b|\p{L}[\p{L}\p{M}]*(?:['’-][\p{L}\p{M}]+)*)/u,
    /(?<number>\d+)/u,
    /(?<mark>[^\s\p{L}\p{N}])/u,
  ]
    .map((piece) => piece.source)
    .join("|"),
  "gu",
);

/** The tokens of a text, in order. */
export function lex(text: string): readonly Token[] {
  const tokens: Token[] = [];
  const isLoud = !/\p{Ll}/u.test(text);
  for (const match of text.matchAll(pieces)) {
    const at = match.index;
    const end = at + match[0].length;
    for (const [kind, found] of Object.entries(match.groups ?? {})) {
      if (found === undefined) continue;
      const read =
        !isLoud && isPerson(found, text.slice(0, at), text.slice(end))
          ? [named(found, { at, end })]
          : tokensOf(kind, found, { at, end }, text.slice(end, end + 12));
      tokens.push(
        ...(/^\p{Lu}{3,6}$/u.test(found) && !isLoud ? read.map((token) => ({ ...token, isAcronym: true })) : read),
      );
    }
  }
  return tokens;
}

/** "HR" is no hour, and "with April" is with a person; "with April 4" is not. */
const isPerson = (found: string, before: string, after: string): boolean =>
  (found === "HR" && !/\d\s*$/.test(before)) ||
  (/^(?:April|May|June|August|Will)$/.test(found) &&
    /\b(?:with|w\/?)\s+(?:\p{Lu}\p{L}+\s+(?:and|&)\s+)?$/u.test(before) &&
    !/^\s*(?:the\s+)?\d{1,2}(?:st|nd|rd|th)?\b(?!\s*(?:[ap]\.?m|[:.]\d))/.test(after));

const named = (found: string, span: Span): Token => ({
  kind: "word",
  word: `${found.toLowerCase()}'`,
  value: 0,
  isPlural: false,
  ...span,
});

type Span = { readonly at: number; readonly end: number };

function tokensOf(kind: string, found: string, span: Span, after: string): readonly Token[] {
  const one = (of: Token["kind"], word: string, value = 0): Token => ({
    kind: of,
    word,
    value,
    isPlural: false,
    ...span,
  });
  switch (kind) {
    case "quoted":
      return [one("quoted", "")];
    case "zone":
    case "plain":
    case "initials":
      return [one("word", found)];
    case "date":
      return [one("date", found)];
    case "clock":
      // "24.12" cannot be a time.
      if (/^(?:2[4-9]|3\d)\./.test(found)) return [one("date", found)];
      return [one("clock", found.replaceAll(/[.hH ]+/g, ":").replaceAll("::", ":"))];
    case "ordinal":
      return [one("ordinal", found.toLowerCase(), Number.parseInt(found, 10))];
    case "half":
      return [one("word", found[0]?.toLowerCase() === "a" ? "am" : "pm")];
    case "number":
      return [one("number", found, Number(found))];
    case "mark":
      return [one(Object.hasOwn(marks, found) ? "word" : "mark", marks[found] ?? found)];
    default:
      return wordTokens(found, span, after);
  }
}

const marks: Readonly<Record<string, string>> = { "@": "at", "&": "and", "-": "-", "+": "and", "–": "-", "—": "-" };

function wordTokens(found: string, span: Span, after: string): readonly Token[] {
  const word = found.toLowerCase().replaceAll("’", "'");
  const whole = senseOf(word);
  if (whole) return [{ ...whole, ...span }];
  if (word.includes("-")) return compound(word, span);
  const owner = /^(.+)'s$/.exec(word)?.[1];
  const owned = owner === undefined ? null : senseOf(owner);
  // "Monday's at 9" means Mondays; "Monday's session" is a session.
  if (owned?.kind === "weekday" && /^\s*(?:at\b|@|\d|from\b|until\b|,|\.?$)/.test(after)) {
    return [{ ...owned, isPlural: true, ...span }];
  }
  return [{ kind: "word", word, value: 0, isPlural: false, ...span }];
}

/** "Mon-fri" is two days with a mark between, "three-weekly" a number and a word; "one-to-one" is a word. */
function compound(word: string, span: Span): readonly Token[] {
  const parts = word.split("-");
  const senses = parts.map(senseOf);
  const [first, second] = senses;
  const isRange = senses.every((sense) => sense?.kind === "weekday" || sense?.kind === "month");
  const isCounted = parts.length === 2 && first?.kind === "number" && /unit|word/.test(second?.kind ?? "");
  if (!isRange && !isCounted) return [{ kind: "word", word, value: 0, isPlural: false, ...span }];
  let at = span.at;
  return senses.flatMap((sense, index) => {
    const end = at + (parts[index]?.length ?? 0);
    const token: readonly Token[] = sense === null ? [] : [{ ...sense, at, end }];
    const mark: Token = { kind: "word", word: "-", value: 0, isPlural: false, at: at - 1, end: at };
    at = end + 1;
    return index === 0 || isCounted ? token : [mark, ...token];
  });
}
