/** Reads one YAML text that may be hostile or half-written. It gives a value with the place of every part, or findings; it never throws. */
import { Composer, type CST, type Document, isMap, isNode, isSeq, Lexer, LineCounter, Parser } from "yaml";
import type { Finding } from "./entry.ts";
import { error, type Place } from "./finding.ts";
import { nodeTroubles, type Trouble } from "./yaml-nodes.ts";
import { troubleOf, wordsFor } from "./yaml-trouble.ts";

/** Where a part of a value was written: `["0", "answer", "1"]` is the second sentence of the first entry. */
export type PlaceOf = (path: readonly PropertyKey[]) => Place;

/** What came of one text. */
export type Parsed =
  | { readonly kind: "read"; readonly value: unknown; readonly placeOf: PlaceOf }
  | { readonly kind: "refused"; readonly findings: readonly Finding[] };

// Without `uniqueKeys: false`, 20,000 keys take a minute; with any other version or schema, `%YAML 1.1` turns `no` into false.
const options = {
  version: "1.2",
  schema: "core",
  uniqueKeys: false,
  merge: false,
  strict: true,
  prettyErrors: false,
  logLevel: "error",
} as const;

// A full file of questions written as `{ ask, want, right }` has about 75,000 of the parser's pieces.
const mostPieces = 100_000;

/** Parses the bytes of one file. `file` is the path to show in findings. */
export function parseYaml(file: string, bytes: Uint8Array): Parsed {
  const text = decoded(bytes);
  if (text === null) return refused(file, "not-utf8", { line: 1, column: 1 });
  const forbidden = forbiddenText.exec(text);
  if (forbidden)
    return refused(file, forbidden[0] === "%" ? "directive" : "control-character", spot(text, forbidden.index));
  try {
    return composed(file, text);
  } catch {
    // A parser's own defect must not stop the others from loading, and its message may quote the file.
    return refused(file, "unparsable", { line: 1, column: 1 });
  }
}

// Control characters, marks that reorder text on screen, and directives, which the core schema never needs.
// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const forbiddenText = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f\u202a-\u202e\u2066-\u2069]|^%/m;

function decoded(bytes: Uint8Array): string | null {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return null;
  }
}

/*
 * Parsed here and not in a worker with a deadline. With these options every step is linear: of 80 hostile texts of 256 KB
 * (deep nesting, aliases, 20,000 keys, 130,000 bad escapes, brackets, tags) none took 0.5 s on Node 24 once pieces were
 * capped and errors carried no stacks; 2.3 s was the worst before. A worker would cost `ask` 35 ms at each start.
 */
function composed(file: string, text: string): Parsed {
  const lines = new LineCounter();
  const documents = withoutStacks(() => compose(text, lines));
  if (documents === "too many pieces") return refused(file, "too-many-pieces", { line: 1, column: 1 });
  const placeAt = (offset: number): Place => {
    const { line, col } = lines.linePos(offset);
    return { file, line: Math.max(1, line), column: Math.max(1, col) };
  };
  const [document, second] = documents;
  const troubles: Trouble[] = documents.flatMap(({ errors, warnings }) =>
    [...errors, ...warnings].slice(0, mostErrors).map((one) => troubleOf(one, text)),
  );
  if (second !== undefined) troubles.push({ code: "MULTIPLE_DOCS", offset: second.range[0] });
  troubles.push(...nodeTroubles(document?.contents));
  if (troubles.length > 0) return { kind: "refused", findings: eachOnce(troubles, placeAt) };
  const value: unknown = document?.toJS({ maxAliasCount: 0 });
  if (value === null || value === undefined) return refused(file, "empty-file", { line: 1, column: 1 });
  return { kind: "read", value, placeOf: (path) => placeAt(offsetOf(document?.contents, path)) };
}

/** What `parseDocument` does, with a count: lexing is cheap, and what follows costs at most so much a piece. */
function compose(text: string, lines: LineCounter): readonly Document.Parsed[] | "too many pieces" {
  const parser = new Parser();
  const tokens: CST.Token[] = [];
  let pieces = 0;
  for (const piece of new Lexer().lex(text)) {
    pieces += 1;
    if (pieces > mostPieces) return "too many pieces";
    for (const token of parser.next(piece)) tokens.push(token);
  }
  for (const token of parser.end()) tokens.push(token);
  lines.lineStarts.push(0);
  for (let at = text.indexOf("\n"); at !== -1; at = text.indexOf("\n", at + 1)) lines.addNewLine(at + 1);
  // Two are enough to refuse a file of several documents.
  return [...new Composer(options).compose(tokens, true, text.length).take(2)];
}

// One slip of indentation makes dozens of errors after it; the first ones tell, and looking for each one's line takes time.
const mostErrors = 1_000;
const mostTroubles = 20;

/** One finding for each kind of trouble, where it is first met: twenty equal lines tell no more than one with a number. */
function eachOnce(troubles: readonly Trouble[], placeAt: (offset: number) => Place): readonly Finding[] {
  const kinds = new Map<string, { readonly code: string; readonly offset: number; more: number }>();
  for (const { code, offset } of troubles) {
    const { message } = wordsFor(code);
    const first = kinds.get(message);
    if (first === undefined) kinds.set(message, { code, offset, more: 0 });
    else first.more += 1;
  }
  return [...kinds.values()].slice(0, mostTroubles).map(({ code: found, offset, more }) => {
    const { code, message, fix } = wordsFor(found);
    // The parser's complaints follow from one another, so that their number means nothing.
    const count = more > 0 && code !== "yaml" ? `; ${more} more like it in this file` : "";
    return error({ code, at: placeAt(offset), message: `${message}${count}`, fix });
  });
}

/** Capturing a stack for each of 100,000 parse errors is most of what a hostile file costs. */
function withoutStacks<T>(run: () => T): T {
  const before = Error.stackTraceLimit;
  Error.stackTraceLimit = 0;
  try {
    return run();
  } finally {
    Error.stackTraceLimit = before;
  }
}

/** Offset of the deepest part of the path that exists; for a field of a map, of its key. */
function offsetOf(contents: unknown, path: readonly PropertyKey[]): number {
  let node = contents;
  let offset = startOf(node) ?? 0;
  for (const step of path) {
    if (isMap(node)) {
      const pair = node.items.find(({ key }) => String(key) === String(step));
      if (pair === undefined) break;
      offset = startOf(pair.key) ?? offset;
      node = pair.value;
    } else if (isSeq(node)) {
      node = node.items[Number(step)];
      if (node === undefined) break;
      offset = startOf(node) ?? offset;
    } else break;
  }
  return offset;
}

const startOf = (node: unknown): number | undefined => (isNode(node) ? node.range?.[0] : undefined);

const refused = (file: string, code: string, at: { readonly line: number; readonly column: number }): Parsed => ({
  kind: "refused",
  findings: [error({ ...wordsFor(code), at: { file, ...at } })],
});

function spot(text: string, index: number): { readonly line: number; readonly column: number } {
  const before = text.slice(0, index).split("\n");
  return { line: before.length, column: (before.at(-1) ?? "").length + 1 };
}
