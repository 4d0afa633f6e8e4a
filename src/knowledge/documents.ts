/** Turns files into documents: each parsed, of one part of the knowledge, and with the place of everything in it. Pure. */
import type * as z from "zod";
import type { Boundary, Concept, CrisisMessage, Entry, Finding, Holiday, Question, Source, Talk } from "./entry.ts";
import { error } from "./finding.ts";
import { salvage } from "./salvage.ts";
import { type CrisisFile, type MessagesFile, schemas } from "./schema.ts";
import { schemaFindings } from "./schema-findings.ts";
import { type PlaceOf, parseYaml } from "./yaml.ts";
import { wordsFor } from "./yaml-trouble.ts";

/** The parts of a knowledge base; each has a schema and its own file or files. */
export type Part = keyof typeof schemas;

/** One file as it was read: its folder's position on the command line, its name in it, and the path to show. */
export type RawFile = {
  readonly folder: number;
  /** With forward slashes, such as `entries/themes.yaml`. */
  readonly name: string;
  readonly shown: string;
  readonly bytes: Uint8Array;
};

/** One file as far as it keeps to its schema. */
export type Doc<T> = {
  readonly folder: number;
  readonly name: string;
  readonly value: T;
  readonly placeOf: PlaceOf;
};

/** All that keeps to its schema, in the order of the folders, and the parts of which a file or an item was refused. */
export type Documents = {
  readonly sources: readonly Doc<readonly Source[]>[];
  readonly entries: readonly Doc<readonly Entry[]>[];
  readonly boundaries: readonly Doc<readonly Boundary[]>[];
  readonly vocabulary: readonly Doc<readonly Concept[]>[];
  readonly crisis: readonly Doc<CrisisFile>[];
  readonly talk: readonly Doc<readonly Talk[]>[];
  readonly holidays: readonly Doc<readonly Holiday[]>[];
  readonly questions: readonly Doc<readonly Question[]>[];
  readonly messages: readonly Doc<MessagesFile>[];
  /** Nothing is said to be unknown that a refused file or item may hold. */
  readonly refused: ReadonlySet<Part>;
};

/** The lanes, which are also the names of the files in messages/. */
export const lanes: readonly CrisisMessage["lane"][] = ["now", "about", "none"];

/** Which part a file of this name holds; null for a name that means nothing to us. */
export function partOf(name: string): Part | null {
  if (/^entries\/[^/]+\.yaml$/.test(name)) return "entries";
  if (/^boundaries\/[^/]+\.yaml$/.test(name)) return "boundaries";
  if (lanes.some((lane) => name === `messages/${lane}.yaml`)) return "messages";
  return alone.find((part) => name === `${part}.yaml`) ?? null;
}

/** The parts that are one file each, in the folder itself. */
export const alone = [
  "sources",
  "boundaries",
  "vocabulary",
  "crisis",
  "talk",
  "holidays",
  "questions",
] as const satisfies readonly Part[];

/** Documents, and findings for the files and items that are not among them. */
export type ReadDocuments = { readonly documents: Documents; readonly findings: readonly Finding[] };

/** Parses every file against its schema and freezes what it holds. `unread` names files that there was no reading. */
export function readDocuments(files: readonly RawFile[], unread: readonly string[] = []): ReadDocuments {
  const findings: Finding[] = [];
  const refused = new Set<Part>(unread.map(partOf).filter((part) => part !== null));
  const all = <T>(part: Part, schema: z.ZodType<T>): readonly Doc<T>[] =>
    files.flatMap((file) => {
      if (partOf(file.name) !== part) return [];
      const read = readOne(file, schema);
      if (read.findings.length > 0) refused.add(part);
      findings.push(...read.findings);
      return read.doc === null ? [] : [read.doc];
    });
  const documents: Documents = {
    sources: all("sources", schemas.sources),
    entries: all("entries", schemas.entries),
    boundaries: all("boundaries", schemas.boundaries),
    vocabulary: all("vocabulary", schemas.vocabulary),
    crisis: all("crisis", schemas.crisis),
    talk: all("talk", schemas.talk),
    holidays: all("holidays", schemas.holidays),
    questions: all("questions", schemas.questions),
    messages: all("messages", schemas.messages),
    refused,
  };
  return { documents, findings };
}

// An honest file of 256 KB holds fewer. 30,000 empty items would give a quarter of a million complaints in a second.
const mostItems = 6_000;

type ReadOne<T> = { readonly doc: Doc<T> | null; readonly findings: readonly Finding[] };

/** With any finding, the document lacks what is wrong, or there is none. */
function readOne<T>({ folder, name, shown, bytes }: RawFile, schema: z.ZodType<T>): ReadOne<T> {
  const parsed = parseYaml(shown, bytes);
  if (parsed.kind === "refused") return { doc: null, findings: parsed.findings };
  const { value, placeOf } = parsed;
  if (Array.isArray(value) && value.length > mostItems) {
    return { doc: null, findings: [error({ ...wordsFor("too-many-items"), at: placeOf([mostItems]) })] };
  }
  const checked = schema.safeParse(value, { error: fixFor });
  if (checked.success) return { doc: { folder, name, value: frozen(checked.data), placeOf }, findings: [] };
  const findings = schemaFindings(checked.error.issues, value, placeOf);
  const rest = salvage(checked.error.issues, value, placeOf);
  if (rest === null) return { doc: null, findings };
  const again = schema.safeParse(rest.value);
  const doc = again.success ? { folder, name, value: frozen(again.data), placeOf: rest.placeOf } : null;
  return { doc, findings };
}

/** The fix for what a field's own schema has no words for. */
function fixFor(issue: z.core.$ZodRawIssue): string {
  if (issue.code === "invalid_value") return `Use one of: ${issue.values.join(", ")}.`;
  if (issue.code === "invalid_type" && issue.expected === "array") return "Begin each item with a hyphen and a space.";
  if (issue.code === "invalid_type") return "Write it as the other files of this kind do.";
  return "Compare it with the other files of this kind, and with the schema file beside them.";
}

function frozen<T>(value: T): T {
  if (typeof value === "object" && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    for (const part of Object.values(value)) frozen(part);
  }
  return value;
}
