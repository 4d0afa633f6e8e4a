/** From the words of a phrase that say nothing about time: what the reminder is about, and with whom. */
import type { Token } from "./lex.ts";
import { slips } from "./lexicon.ts";
import type { Run, Scanned } from "./scan.ts";
import { fillers, foreign, isPlain, isTelling, leadsIn, seasonal } from "./words.ts";
import { isCity } from "./zone.ts";

export type Labelled = {
  /** Null means supervision. */
  readonly label: string | null;
  readonly partner: string | null;
  /** Whether words are left that may change when it comes, and were not understood. */
  readonly isOdd: boolean;
  /** Whether it is said to come once. */
  readonly isOnce: boolean;
  /** How many words seem to be of another language. */
  readonly foreign: number;
  /** Whether anything at all was said beside the time, were it only "supervision". */
  readonly isSaid: boolean;
};

/** `lead`: the words that led it in, which go before it where it follows another. */
type Segment = {
  readonly kind: "free" | "label" | "with";
  readonly lead: string;
  readonly from: number;
  readonly end: number;
};

/** Takes the label and the partner out of what `scan` left over. */
export function labelIn(text: string, scanned: Scanned): Labelled {
  const { tokens, adjectives } = scanned;
  const segments = scanned.runs.flatMap((run) => segmentsOf(tokens, run, adjectives));
  // "Christmas party 18 december"
  const isDated = scanned.placed.some(({ fact }) => fact.kind === "month-day");
  const isOdd = segments.some(({ kind, lead, from, end }) =>
    range(from, end).some(
      (at) =>
        !adjectives.has(at) &&
        !(isDated && seasonal.has(tokens[at]?.word ?? "") && isName(tokens[at + 1])) &&
        isTelling(
          tokens,
          at,
          (kind === "label" ||
            (kind === "with" &&
              tokens[at]?.word === "from" &&
              isName(tokens[/^(?:the|my|our)$/.test(tokens[at + 1]?.word ?? "") ? at + 2 : at + 1]))) &&
            !(lead === "for" && /^(?:unit|ordinal)$/.test(tokens[at]?.kind ?? "")),
        ),
    ),
  );
  const words = segments.map((segment) => trimmed(tokens, segment)).filter(({ from, end }) => end > from);
  const said = (segment: Segment): string =>
    text.slice(tokens[segment.from]?.at, tokens[segment.end - 1]?.end).replace(/^["“”«»]|["“”«»]$/g, "");
  const partners = words.filter(({ kind }) => kind === "with").map(said);
  const labels = words.filter((segment) => segment.kind !== "with" && !/^remind(?:ing|ed)$/i.test(said(segment)));
  const told = labels.filter(
    // "Prepare … for supervision" keeps it.
    (segment, at) => !isGeneric(said(segment)) || (at > 0 && /^(?:for|to|about)$/.test(segment.lead)),
  );
  const joinedUp = headed(labels, told, said, tokens)
    .concat(told.map((segment, at) => (at === 0 ? said(segment) : joined(segment, said(segment), tokens))))
    .join("");
  const isBare = segments.some(({ kind }) => kind === "with") && partners.length === 0;
  return {
    label: !/[\p{L}\p{N}]/u.test(joinedUp)
      ? null
      : joinedUp.replace(/[()\s]+/g, " ").replace(/^[^\p{L}\p{N}]+|[^\p{L}\p{N}.!?]+$/gu, ""),
    partner: partners[0]?.replace(/\s*\([^)]*$/, "").replace(/\s+/g, " ") ?? null,
    isOdd:
      isOdd || partners.length > 1 || isBare || words.some((segment) => isCityAlone(segment, said(segment), tokens)),
    isOnce: tokens.some((token, at) => isLeft(scanned, at) && /^(?:once|one-off|one-time|single)$/.test(token.word)),
    foreign: tokens.filter((token, at) => isLeft(scanned, at) && foreign.has(token.word)).length,
    isSaid: words.length > 0,
  };
}

/** "Supervision … on Teams" stays a supervision. */
function headed(
  labels: readonly Segment[],
  told: readonly Segment[],
  said: (segment: Segment) => string,
  tokens: readonly Token[],
): readonly string[] {
  const [first] = told;
  if (first?.kind !== "free") return [];
  const before = tokens[first.from - 1]?.word ?? "";
  const isPlace = /^(?:on|in|at)$/.test(before);
  const isOnline = before === "on" && platform.test(said(first)) && told.length === 1;
  if (labels.indexOf(first) === 0 && !isOnline) return [];
  return [isPlace ? `supervision ${before} ` : "supervision, "];
}

const platform = /^(?:(?:ms|microsoft) )?(?:teams|zoom|skype|webex|google meet|whatsapp|signal|slack)$/i;

/** "9am Berlin", and not "in Berlin". */
const isCityAlone = ({ kind, from }: Segment, said: string, tokens: readonly Token[]): boolean =>
  kind === "free" && from > 0 && tokens[from - 1]?.word !== "in" && (isCity(said) || /^(?:EAT|CAT|ART)$/.test(said));

/** "Jo from HR". */
const isName = (token: Token | undefined): boolean => token?.kind === "word" && isPlain(token);

const isLeft = ({ runs }: Scanned, at: number): boolean => runs.some(({ from, end }) => at >= from && at < end);
const range = (from: number, end: number): readonly number[] =>
  Array.from({ length: Math.max(0, end - from) }, (_, on) => from + on);

/** "Team meeting … in room 4" becomes "team meeting, room 4"; what was led in keeps its word. */
function joined({ kind, lead, from }: Segment, said: string, tokens: readonly Token[]): string {
  if (kind !== "free") return ` ${/\p{L}/u.test(lead) ? lead : "–"} ${said}`;
  return /^(?:in|at|on|the|my|our)$/.test(tokens[from - 1]?.word ?? "") ? `, ${said}` : ` ${said}`;
}

/** What a reminder is about when nothing else is said. */
const isGeneric = (label: string): boolean =>
  generic.test(rightly(label)) || /^(?:(?:we |i )?(?:meet|have)|one|(?:my |local )?time)$/i.test(label);

/** With slips in "supervision" set right: "supervison", "supvn". */
const rightly = (label: string): string =>
  label.replace(/\bsu?p[\p{L}]*/giu, (word) => (isSupervision(word.toLowerCase()) ? "supervision" : word));

const isSupervision = (word: string): boolean =>
  /^(?:sup|supv|superv|supvn|supvsn|spvn|supn|sprvsn)$/.test(word) ||
  (!/^supervis(?:ors?|ory|es?|ed|ees?|ing)$/.test(word) && word.length > 7 && slips(word, "supervision") < 3);

const generic =
  /^(?:(?:my|our|the|a|an|next|regular)\s+)*supervisions?(?:\s+(?:sessions?|meetings?|time|appointments?|slot))?$/i;

function segmentsOf(tokens: readonly Token[], run: Run, adjectives: ReadonlySet<number>): readonly Segment[] {
  const segments: Segment[] = [];
  let open: Segment = { kind: "free", lead: "", from: run.from, end: run.from };
  const turn = (at: number, kind: Segment["kind"], skip: number): void => {
    segments.push({ ...open, end: at });
    open = { kind, lead: tokens[at]?.word ?? "", from: at + skip, end: at + skip };
  };
  for (let at = run.from; at < run.end; at += 1) {
    const word = tokens[at]?.word ?? "";
    if (adjectives.has(at) || tokens[at]?.kind === "quoted") continue;
    if (/^(?:remind|reminder|reminders)$/.test(word) && open.kind !== "label") turn(at, "free", 1);
    else if (word === "please" || word === "thanks") turn(at, "free", 1);
    else if ((word === "with" || word === "w") && at + 1 < run.end)
      turn(at, "with", tokens[at + 1]?.word === "/" ? 2 : 1);
    else if (open.kind === "label") continue;
    else if (leadsIn(tokens, at) && at + 1 < run.end) turn(at, "label", 1);
    else if (word === "for" && at + 1 < run.end) turn(at, "label", 1);
    else if (open.kind === "with" && /^(?:at|on|in|,|;|\.|:|-)$/.test(word) && tokens[at - 1]?.word !== "dr")
      turn(at, "free", 1);
  }
  segments.push({ ...open, end: run.end });
  return segments;
}

// What stands before a label and is not part of it; "my" is.
const openers = new Set("the a an , . ; : - ( ) at on in of and ' ! ? …".split(" "));

const closers = new Set([
  ...openers,
  "to",
  "for",
  "please",
  "thanks",
  "thank",
  "you",
  "pls",
  "me",
  "us",
  "every",
  "remind",
  "is",
  "it",
]);

function trimmed(tokens: readonly Token[], segment: Segment): Segment {
  const skips = segment.kind === "free" ? fillers : openers;
  let { from, end } = segment;
  // "… at 4pm send timesheet" says what to do; "book supervision …" does not.
  const isLate = segment.from > 0 && segment.kind === "free";
  while (
    from < end &&
    isSkipped(tokens[from], skips) &&
    !isStanding(tokens, from) &&
    !(isLate && doing.has(tokens[from]?.word ?? "") && end - from > 1)
  )
    from += 1;
  while (
    end > from &&
    !isPhrasal(tokens, end - 1) &&
    isSkipped(tokens[end - 1], segment.kind === "label" ? closers : fillers)
  )
    end -= 1;
  return { ...segment, from, end };
}

const doing = new Set("send make give get book plan create arrange prompt".split(" "));

/** "On call", "at risk register". */
const isStanding = (tokens: readonly Token[], at: number): boolean =>
  /^(?:on (?:call|duty|site)|at risk|new (?!reminder|supervis|session|meeting|one)\p{L}+)$/u.test(
    `${tokens[at]?.word} ${tokens[at + 1]?.word}`,
  );

/** "Check in", "sign in". */
const isPhrasal = (tokens: readonly Token[], at: number): boolean =>
  tokens[at]?.word === "in" && /^(?:check|sign|log|drop|fill|clock)$/.test(tokens[at - 1]?.word ?? "");

const isSkipped = (token: Token | undefined, skips: ReadonlySet<string>): boolean =>
  token !== undefined && token.kind !== "quoted" && skips.has(token.word);
