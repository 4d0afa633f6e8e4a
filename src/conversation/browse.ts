/** Entries as replies: one shown whole, and lists to walk through without searching. */
import { isOverview, passagesOf } from "../answering/parts.ts";
import { browseAll, examples, inBrief, kindTitles, labels } from "../copy.ts";
import { type Entry, type Knowledge, kinds, type Passage, type Source } from "../knowledge/entry.ts";
import type { Answer, Button, Citation, EntryRef, Reply, Row, Segment } from "../reply.ts";
import { tokenOf } from "./intent.ts";

export const refTo = (entry: Entry): EntryRef => ({
  id: entry.id,
  kind: entry.kind,
  title: entry.title,
  passages: passagesOf(entry),
});

export const showButton = (entry: Entry): Button => ({
  label: entry.title,
  token: tokenOf({ kind: "show", entries: [entry.id] }),
});

export const browseButton: Button = { label: labels.browse, token: tokenOf({ kind: "browse", of: null }) };

// More than this and the way on is a wall of buttons.
const mostRelated = 4;

/** The entries as one answer: each with its own sentences and citations, never merged. */
export function answerOf(entries: readonly [Entry, ...Entry[]], knowledge: Knowledge): Answer {
  const numbers = new Map<string, number>();
  const numberOf = (passage: string) => {
    if (!numbers.has(passage)) numbers.set(passage, numbers.size + 1);
    return numbers.get(passage) ?? 0;
  };
  const [first, ...rest] = entries;
  const segmentsOf = (entry: Entry): [Segment, ...Segment[]] => {
    const [opening, ...others] = entry.answer;
    const segment = ({ says, from }: Entry["answer"][number], heading: string | null): Segment => {
      const [one, ...more] = from;
      return { text: says, cites: [numberOf(one), ...more.map(numberOf)], heading };
    };
    return [
      segment(opening, entries.length > 1 ? entry.title : null),
      ...others.map((sentence) => segment(sentence, null)),
    ];
  };
  const [opening, ...others] = segmentsOf(first);
  const body: [Segment, ...Segment[]] = [opening, ...others, ...rest.flatMap(segmentsOf)];
  const [citation, ...citations] = [...numbers].map(([passage, n]) => citationOf(passage, n, knowledge));
  if (citation === undefined) throw new Error("an entry without passages cannot have been loaded");
  return {
    kind: "answer",
    say: body.map(({ text, cites }) => `${text} ${cites.map((n) => `[${n}]`).join("")}`).join(" "),
    asides: [],
    buttons: relatedTo(entries, knowledge).map(showButton),
    entries: [refTo(first), ...rest.map(refTo)],
    body,
    citations: [citation, ...citations],
  };
}

function relatedTo(entries: readonly Entry[], knowledge: Knowledge): Entry[] {
  const shown = new Set(entries.map((entry) => entry.id));
  const ids = [...new Set(entries.flatMap((entry) => entry.related))].filter((id) => !shown.has(id));
  return ids.flatMap((id) => knowledge.entries.find((entry) => entry.id === id) ?? []).slice(0, mostRelated);
}

function citationOf(id: string, n: number, { passages, sources }: Knowledge): Citation {
  const passage = passages.get(id);
  const source = sources.find((one) => one.id === passage?.source);
  if (passage === undefined || source === undefined) throw new Error(`passage ${id} cannot have been loaded`);
  return { n, source: source.id, passage: id, label: labelOf(source, passage), url: source.csl.URL ?? null };
}

// Making one takes longer than finding the answer.
const listed = new Intl.ListFormat("en-GB");

/** "Newydd, North and Rushworth (2020), Authors, sentence 1". */
function labelOf({ csl }: Source, { section, sentence }: Passage): string {
  const names = listed.format(csl.author.map((name) => ("literal" in name ? name.literal : name.family)));
  return `${names} (${csl.issued["date-parts"][0]?.[0] ?? "no date"}), ${section.replace(/[?.]$/, "")}, sentence ${sentence}`;
}

const rowOf = (entry: Entry): Row => ({
  title: entry.title,
  gist: isOverview(entry) ? inBrief : entry.answer[0].says,
  button: showButton(entry),
});

const kindRows = ({ entries }: Knowledge): Row[] =>
  kinds
    .map((kind) => ({ kind, of: entries.filter((entry) => entry.kind === kind) }))
    .filter(({ of }) => of.length > 0)
    .map(({ kind, of }) => ({
      title: kindTitles[kind],
      gist: of.length === 1 ? "1 topic" : `${of.length} topics`,
      button: { label: kindTitles[kind], token: tokenOf({ kind: "browse", of: kind }) },
    }));

/** What can be browsed: everything (null), a kind, or a theme with the entries that belong to it. Null when there is none. */
export function listOf(of: string | null, knowledge: Knowledge): Reply | null {
  if (of === null)
    return { kind: "list", why: "browse", say: browseAll, asides: [], buttons: [], rows: kindRows(knowledge) };
  const kind = kinds.find((one) => one === of);
  const theme = knowledge.entries.find((entry) => entry.id === of);
  const rows = knowledge.entries.filter((entry) =>
    kind === undefined ? entry.id === of || entry.theme === of : entry.kind === kind,
  );
  if (rows.length === 0) return null;
  const say = `${kind === undefined ? theme?.title : kindTitles[kind]}:`;
  return {
    kind: "list",
    why: `browse:${of}`,
    say,
    asides: [],
    buttons: [browseButton],
    rows: rows.toSorted((a, b) => Number(isOverview(b)) - Number(isOverview(a))).map(rowOf),
  };
}

/** First questions, each a button that shows the entry which answers it. Only those whose entry is there. */
export const exampleButtons = ({ entries }: Knowledge): Button[] =>
  examples
    .filter(({ entry }) => entries.some((one) => one.id === entry))
    .map(({ question, entry }) => ({ label: question, token: tokenOf({ kind: "show", entries: [entry] }) }));
