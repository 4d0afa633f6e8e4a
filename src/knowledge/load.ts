/** Loads the knowledge folders. Whatever a file does, it gives findings; only a folder that is not there stops it. */
import { createHash } from "node:crypto";
import { type Documents, type Part, type RawFile, readDocuments } from "./documents.ts";
import type { Bank, Finding, Knowledge } from "./entry.ts";
import { anyError, tidied } from "./finding.ts";
import { type FolderFiles, readFolders } from "./folder.ts";
import { mergeBank, mergeKnowledge } from "./merge.ts";
import { missingParts, structureFindings } from "./structure.ts";

/** What came of loading: `knowledge` is null when any finding is an error. */
export type Loaded = { readonly knowledge: Knowledge | null; readonly findings: readonly Finding[] };

/** The same for the bank. */
export type LoadedBank = { readonly bank: Bank | null; readonly findings: readonly Finding[] };

/** The parts that an answer needs. */
export const answering: readonly Part[] = [
  "sources",
  "entries",
  "boundaries",
  "vocabulary",
  "crisis",
  "talk",
  "holidays",
];
/** The parts that only `lint` and `eval` need. */
export const measuring: readonly Part[] = ["questions", "messages"];

/**
 * Loads what answering needs, ours first and a team's own after it. It checks what answering relies on and nothing of
 * style or age: a bot that stops because a contact was last checked half a year ago would help nobody. `lint` does.
 * Throws a `BearingsError` when a folder is missing, empty or unreadable.
 */
export async function loadKnowledge(dirs: readonly string[]): Promise<Loaded> {
  const { files, documents, findings } = readParts(dirs, answering);
  const all = tidied([...findings, ...structureFindings(documents), ...missingParts(documents, dirs)]);
  return { knowledge: anyError(all) ? null : mergeKnowledge(documents, versionOf(files)), findings: all };
}

/** Loads the labelled questions and messages, which only `lint` and `eval` need. Throws as `loadKnowledge` does. */
export async function loadBank(dirs: readonly string[]): Promise<LoadedBank> {
  const { documents, findings } = readParts(dirs, measuring);
  const all = tidied(findings);
  return { bank: anyError(all) ? null : mergeBank(documents), findings: all };
}

/** The files of some parts, as bytes and as documents, and what was refused. */
export type Read = {
  readonly files: readonly RawFile[];
  readonly documents: Documents;
  readonly findings: readonly Finding[];
};

/** Reads the files of these parts from all folders. Throws a `BearingsError` when a folder is missing, empty or unreadable. */
export function readParts(dirs: readonly string[], parts: readonly Part[]): Read {
  const { files, findings, unread }: FolderFiles = readFolders(dirs, parts);
  const { documents, findings: refused } = readDocuments(files, unread);
  return { files, documents, findings: [...findings, ...refused] };
}

/** Names in the folder and contents, each after its length, so that no two sets look alike. */
function versionOf(files: readonly RawFile[]): string {
  const hash = createHash("sha256");
  for (const { name, bytes } of files) hash.update(`${name.length}:${name}:${bytes.length}:`).update(bytes);
  return hash.digest("hex").slice(0, 12);
}
