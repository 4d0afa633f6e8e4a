/** What must hold before anything may be answered: every id is there once, every reference leads somewhere. Pure. */
import type { Doc, Documents } from "./documents.ts";
import type { Finding } from "./entry.ts";
import { error, named, type Place, placeText } from "./finding.ts";
import { sameDayFindings } from "./holiday-rules.ts";
import { meant, suggestFrom } from "./nearest.ts";

/** Duplicate ids and days, and references to nothing, over all folders together. */
export function structureFindings(documents: Documents): readonly Finding[] {
  return [...duplicates(documents), ...sameDayFindings(documents), ...unknowns(documents)];
}

/** What is missing for a first answer: a source, an entry, and words and a contact for a crisis. */
export function missingParts(
  { sources, entries, crisis, refused }: Documents,
  dirs: readonly string[],
): readonly Finding[] {
  const at = { file: dirs.join(", "), line: 1, column: 1 };
  const missing = (what: string, fix: string): Finding =>
    error({ code: "missing-part", at, message: `the folders hold no ${what}`, fix });
  const holds = (docs: readonly Doc<readonly unknown[]>[]): boolean => docs.some(({ value }) => value.length > 0);
  const findings: Finding[] = [];
  if (!refused.has("sources") && !holds(sources)) findings.push(missing("source", "Add one to sources.yaml."));
  if (!refused.has("entries") && !holds(entries)) findings.push(missing("entry", "Add one to a file in entries/."));
  if (refused.has("crisis")) return findings;
  if (!crisis.some(({ value }) => value.wording))
    findings.push(missing("crisis wording", "Add wording to crisis.yaml."));
  if (!crisis.some(({ value }) => value.contacts.length > 0)) {
    findings.push(missing("crisis contact", "Add one under contacts in crisis.yaml."));
  }
  return findings;
}

type Named = { readonly id: string; readonly at: Place };

function duplicates(documents: Documents): readonly Finding[] {
  const { sources, entries, boundaries, vocabulary, crisis, talk } = documents;
  const passages = sources.flatMap((doc) =>
    doc.value.flatMap(({ passages }, s) =>
      passages.map(({ id }, p) => ({ id, at: doc.placeOf([s, "passages", p, "id"]) })),
    ),
  );
  const concepts = vocabulary.flatMap((doc) =>
    doc.value.map(({ concept }, index) => ({ id: concept, at: doc.placeOf([index, "concept"]) })),
  );
  return [
    ...twice("source", ids(sources)),
    ...twice("passage", passages),
    // One name for both, since they compete for the same questions in one index.
    ...twice("entry or boundary", [...ids(entries), ...ids(boundaries)]),
    ...twice("concept", concepts),
    // A later folder may add words to ours by the id; within one file an id that appears twice is a slip.
    ...talk.flatMap((doc) => twice("small talk", ids([doc]))),
    ...crisis.flatMap((doc) => [...twice("sign", signs(doc, "signs")), ...twice("sign", signs(doc, "counterSigns"))]),
  ];
}

const signs = ({ value, placeOf }: Documents["crisis"][number], which: "signs" | "counterSigns"): readonly Named[] =>
  value[which].map(({ id }, index) => ({ id, at: placeOf([which, index, "id"]) }));

const ids = (docs: readonly Doc<readonly { readonly id: string }[]>[]): readonly Named[] =>
  docs.flatMap(({ value, placeOf }) => value.map(({ id }, index) => ({ id, at: placeOf([index, "id"]) })));

function twice(what: string, all: readonly Named[]): readonly Finding[] {
  const first = new Map<string, Place>();
  return all.flatMap(({ id, at }) => {
    const before = first.get(id);
    if (before === undefined) {
      first.set(id, at);
      return [];
    }
    const message = `the ${what} ${named(id)} is already at ${placeText(before)}`;
    return [error({ code: "duplicate-id", at, message, fix: "Give one of them another id, or delete it." })];
  });
}

function unknowns(documents: Documents): readonly Finding[] {
  const { entries, boundaries } = documents;
  const passage = reference({ code: "unknown-passage", what: "passage", where: "sources.yaml" }, passageIds(documents));
  const themes = entries.flatMap(({ value }) => value.filter(({ kind }) => kind === "theme").map(({ id }) => id));
  const all = entries.flatMap(({ value }) => value.map(({ id }) => id));
  const theme = reference(
    { code: "unknown-theme", what: "entry of kind theme", where: "entries/" },
    known(documents, themes),
  );
  const related = reference({ code: "unknown-related", what: "entry", where: "entries/" }, known(documents, all));
  const nearest = reference({ code: "unknown-nearest", what: "entry", where: "entries/" }, known(documents, all));
  return [
    ...entries.flatMap(({ value, placeOf }) =>
      value.flatMap((entry, e) => [
        ...entry.answer.flatMap(({ from }, s) =>
          from.flatMap((id, f) => passage(id, () => placeOf([e, "answer", s, "from", f]))),
        ),
        ...(entry.theme === null ? [] : theme(entry.theme, () => placeOf([e, "theme"]))),
        ...entry.related.flatMap((id, r) => related(id, () => placeOf([e, "related", r]))),
      ]),
    ),
    ...boundaries.flatMap(({ value, placeOf }) =>
      value.flatMap((boundary, b) =>
        boundary.nearest.flatMap((id, n) => nearest(id, () => placeOf([b, "nearest", n]))),
      ),
    ),
  ];
}

/** Ids of all passages; null when a refused file may hold more. */
export const passageIds = ({ sources, refused }: Documents): readonly string[] | null =>
  refused.has("sources")
    ? null
    : sources.flatMap(({ value }) => value.flatMap(({ passages }) => passages.map(({ id }) => id)));

const known = ({ refused }: Documents, all: readonly string[]): readonly string[] | null =>
  refused.has("entries") ? null : all;

/** A check of one kind of reference. With `known` null, a refused file may hold the id, so nothing is said. */
export function reference(
  { code, what, where }: { readonly code: string; readonly what: string; readonly where: string },
  known: readonly string[] | null,
): (id: string, at: () => Place) => readonly Finding[] {
  const there = new Set(known);
  const suggest = suggestFrom(known ?? []);
  return (id, at) => {
    if (known === null || there.has(id)) return [];
    const fix = meant(suggest(id), `use the id of one in ${where}, or add it there.`);
    return [error({ code, at: at(), message: `there is no ${what} ${named(id)}`, fix })];
  };
}
