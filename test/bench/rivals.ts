/**
 * Other search engines over the same items: as their READMEs open them, and tuned. Of each one's options (fuzziness,
 * prefixes, BM25, context, token search, one field or many) those are set here that got most questions of the bank right.
 */
import { createRequire } from "node:module";
import MiniSearch from "minisearch";
import { terms } from "#src/answering/normalise.ts";
import type { Item } from "#src/answering/search.ts";
import { fields, openBare, plainDocuments } from "./bare.ts";

/** A hit: position in the list of items, and a score that is higher for better; null where the engine has none. */
export type Hit = { readonly index: number; readonly score: number | null };

/** Best first. */
export type Find = (question: string) => readonly Hit[];

/** An engine opened over some items. `asked` is given where it is too slow for the whole bank. */
export type Rival = { readonly name: string; readonly find: Find; readonly asked?: number };

const peer = createRequire(new URL("../peers/package.json", import.meta.url));
// Enough for the first entry to be among them, where boundaries come before it.
const limit = 20;
const slow = 20;

/** Stop words gone and stems made, as ours has it. Every engine is the better for it. */
const tuned = (text: string): string => terms(text).join(" ");

const tunedItems = (items: readonly Item[]): Item[] =>
  items.map(({ id, title, asks, words, text }) => {
    return { id, title: tuned(title), asks: asks.map(tuned), words: words.map(tuned), text: tuned(text) };
  });

/** Opens all of them. */
export function openRivals(items: readonly Item[]): readonly Rival[] {
  const better = tunedItems(items);
  const onTuned =
    (find: Find): Find =>
    (question) =>
      find(tuned(question));
  return [
    { name: "MiniSearch", find: findWith(openBare(items)) },
    { name: "MiniSearch, tuned", find: onTuned(openMiniSearch(better)) },
    { name: "lunr", find: openLunr(items, false) },
    { name: "lunr, tuned", find: onTuned(openLunr(better, true)) },
    { name: "Orama", find: openOrama(items) },
    { name: "Orama, tuned", find: onTuned(openOrama(better)) },
    { name: "FlexSearch", find: openFlexSearch(items, {}) },
    { name: "FlexSearch, tuned", find: onTuned(openFlexSearch(better, { resolution: 20 })) },
    { name: "Fuse", find: openFuse(items, {}), asked: slow },
    { name: "Fuse, tuned", find: onTuned(openFuse(better, tokens)), asked: slow },
  ];
}

const findWith =
  (index: MiniSearch): Find =>
  (question) =>
    index.search(question).map(({ id, score }) => ({ index: id, score }));

function openMiniSearch(items: readonly Item[]): Find {
  const searchOptions = {
    fuzzy: (term: string) => (term.length > 5 ? 0.15 : false),
    weights: { fuzzy: 0.2, prefix: 0.2 },
    bm25: { k: 2, b: 0.7, d: 0 },
  };
  const index = new MiniSearch({ fields, searchOptions });
  index.addAll(plainDocuments(items));
  return findWith(index);
}

type LunrQuery = { term: (words: unknown, options: object) => void };
type LunrIndex = { query: (fill: (query: LunrQuery) => void) => { readonly ref: string; readonly score: number }[] };
type LunrBuilder = { ref: (name: string) => void; field: (name: string) => void; add: (document: object) => void };
type Lunr = {
  (this: void, fill: (this: LunrBuilder) => void): LunrIndex;
  readonly tokenizer: (text: string) => readonly { toString: () => string }[];
};

function openLunr(items: readonly Item[], withSlips: boolean): Find {
  const lunr: Lunr = peer("lunr");
  const index = lunr(function () {
    this.ref("id");
    for (const field of fields) this.field(field);
    for (const document of plainDocuments(items)) this.add(document);
  });
  return (question) => {
    const words = lunr.tokenizer(question);
    const found = index.query((query) => {
      query.term(words, {});
      const long = words.filter((word) => word.toString().length > 5);
      if (withSlips && long.length > 0) query.term(long, { editDistance: 1, boost: 0.2 });
    });
    return found.map(({ ref, score }) => ({ index: Number(ref), score }));
  };
}

type Orama = {
  readonly create: (options: object) => object;
  readonly insert: (index: object, document: object) => unknown;
  readonly search: (
    index: object,
    query: object,
  ) => { hits: readonly { readonly id: string; readonly score: number }[] };
};

function openOrama(items: readonly Item[]): Find {
  const { create, insert, search }: Orama = peer("@orama/orama");
  const index = create({ schema: { title: "string", asks: "string", words: "string", text: "string" } });
  for (const { id, ...texts } of plainDocuments(items)) insert(index, { id: String(id), ...texts });
  return (term) => search(index, { term, limit }).hits.map(({ id, score }) => ({ index: Number(id), score }));
}

type FlexSearch = {
  readonly Index: new (
    options: object,
  ) => { add: (id: number, text: string) => void; search: (text: string, options: object) => number[] };
};

function openFlexSearch(items: readonly Item[], options: object): Find {
  const { Index }: FlexSearch = peer("flexsearch");
  const index = new Index(options);
  for (const [at, { title, asks, words, text }] of items.entries())
    index.add(at, [title, ...asks, ...words, text].join(" "));
  // Without `suggest` a question finds nothing as soon as one of its words is unknown.
  return (question) => index.search(question, { limit, suggest: true }).map((at) => ({ index: at, score: null }));
}

const tokens = { useTokenSearch: true, ignoreFieldNorm: true, threshold: 0.2 };

type Fuse = new (
  items: readonly object[],
  options: object,
) => { search: (text: string, options: object) => readonly { readonly refIndex: number; readonly score?: number }[] };

function openFuse(items: readonly Item[], options: object): Find {
  const Fuse: Fuse = peer("fuse.js");
  const index = new Fuse(items, { keys: fields, includeScore: true, ...options });
  // Its score is a distance.
  return (question) =>
    index.search(question, { limit }).map(({ refIndex, score }) => ({ index: refIndex, score: -(score ?? 1) }));
}
