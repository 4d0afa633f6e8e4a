/** Candidates for a question. The one file that knows MiniSearch. */
import MiniSearch from "minisearch";
import { learn, maxTerms, terms } from "./normalise.ts";

/** What is indexed: an entry or a boundary. */
export type Item = {
  readonly id: string;
  readonly title: string;
  readonly asks: readonly string[];
  readonly words: readonly string[];
  /** The answer, or the boundary's topic. */
  readonly text: string;
};

/** A candidate: position in the list of items, and its BM25 score without MiniSearch's factor for matched terms. */
export type Hit = { readonly index: number; readonly bm25: number };

/** The question's terms, sorted into those the index knows (rarest first) and those it does not. */
export type Query = { readonly known: readonly string[]; readonly unknown: readonly string[] };

export type Search = {
  readonly query: (text: string) => Query;
  readonly candidates: (query: Query) => readonly Hit[];
  /** Rarity of a term: ln(1 + (N - df + 0.5) / (df + 0.5)); an unknown term is as rare as can be. */
  readonly idf: (term: string) => number;
  /** The index as JSON text, for `openSearch` to take back. */
  readonly snapshot: () => string;
};

// Postings of common terms are what makes a large index slow, so only the rarest terms look for candidates; ranking then
// uses all terms. A budget of 200 to 500 loses next to nothing on 14,345 entries; 250 did best on our bank.
const documentsLookedAt = 250;
// Spelling is guessed for words the index has never met, and only for these: guessing for known words buries exact matches.
const guessedTerms = 4;
const shortestGuessed = 4;

const options = {
  fields: ["title", "asks", "words", "text"],
  // Terms arrive as stems joined by spaces, made by our own normalise.ts, both here and in a query.
  tokenize: (text: string) => text.split(" "),
  processTerm: (term: string) => term,
  autoVacuum: false,
  searchOptions: { bm25: { k: 1.2, b: 0.7, d: 0 } },
};

const asDocument = (item: Item, index: number) => ({
  id: index,
  title: terms(item.title).join(" "),
  asks: item.asks.flatMap(terms).join(" "),
  words: item.words.flatMap(terms).join(" "),
  text: terms(item.text).join(" "),
});

/** Indexes the items. With the `snapshot` of an index of the same items, loads that instead of building anew. */
export function openSearch(items: readonly Item[], snapshot?: string): Search {
  const { index, documentsWith } = snapshot === undefined ? build(items) : load(snapshot);
  const df = (term: string) => documentsWith.get(term) ?? 0;
  return {
    idf: (term) => Math.log(1 + (items.length - df(term) + 0.5) / (df(term) + 0.5)),
    query(text) {
      const distinct = [...new Set(terms(text))].sort((a, b) => df(a) - df(b));
      const known = distinct.filter((term) => df(term) > 0).slice(0, maxTerms);
      return { known, unknown: distinct.filter((term) => df(term) === 0).slice(0, maxTerms - known.length) };
    },
    candidates({ known, unknown }) {
      const queries = [];
      const rarest = withinBudget(known, df);
      if (rarest.length > 0) queries.push({ queries: [rarest.join(" ")] });
      for (const term of unknown.filter((word) => word.length >= shortestGuessed).slice(0, guessedTerms))
        queries.push({ queries: [term], fuzzy: term.length > 7 ? 2 : 1, prefix: true, boostTerm: () => 0.6 });
      if (queries.length === 0) return [];
      const found = index.search({ combineWith: "OR", queries });
      return found.map(({ id, score, queryTerms }) => ({ index: id, bm25: score / queryTerms.length }));
    },
    snapshot: () => JSON.stringify({ index, documentsWith: [...documentsWith] }),
  };
}

type Built = { readonly index: MiniSearch; readonly documentsWith: ReadonlyMap<string, number> };

function build(items: readonly Item[]): Built {
  for (const { title, asks, words, text } of items) for (const part of [title, ...asks, ...words, text]) learn(part);
  const documents = items.map(asDocument);
  const documentsWith = new Map<string, number>();
  for (const { title, asks, words, text } of documents)
    for (const term of new Set([title, asks, words, text].join(" ").split(" ")))
      if (term !== "") documentsWith.set(term, (documentsWith.get(term) ?? 0) + 1);
  const index = new MiniSearch(options);
  index.addAll(documents);
  return { index, documentsWith };
}

function load(snapshot: string): Built {
  const { index, documentsWith } = JSON.parse(snapshot);
  return { index: MiniSearch.loadJS(index, options), documentsWith: new Map(documentsWith) };
}

/** The first terms, rarest first, whose documents together stay within the budget; at least one. */
function withinBudget(rarestFirst: readonly string[], df: (term: string) => number): readonly string[] {
  let sum = 0;
  const end = rarestFirst.findIndex((term, at) => {
    sum += df(term);
    return at > 0 && sum > documentsLookedAt;
  });
  return end === -1 ? rarestFirst : rarestFirst.slice(0, end);
}
