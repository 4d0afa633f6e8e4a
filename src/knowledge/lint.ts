/** Every finding about every file of the knowledge folders: what `lint` prints. */
import { check } from "./check.ts";
import type { Finding } from "./entry.ts";
import { tidied } from "./finding.ts";
import { answering, measuring, readParts } from "./load.ts";
import { missingParts } from "./structure.ts";

/** Reads all files and checks all rules, style and age included. `today` is YYYY-MM-DD. Throws as `loadKnowledge` does. */
export async function lintKnowledge(dirs: readonly string[], today: string): Promise<readonly Finding[]> {
  const { documents, findings } = readParts(dirs, [...answering, ...measuring]);
  return tidied([...findings, ...missingParts(documents, dirs), ...check(documents, today)]);
}
