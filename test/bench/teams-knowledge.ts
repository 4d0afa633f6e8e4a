/** A folder of knowledge with generated entries, which `npm start` reads beside ours. */
import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Entry } from "#src/knowledge/entry.ts";
import { generatedItems } from "./generated.ts";
import { openKnowledge } from "./ours.ts";

// A file may have 256 KB.
const eachFile = 100;

/** Writes `count` entries, each resting on a passage of ours; gives the folder and how one would ask for them. */
export async function writeGenerated(
  count: number,
): Promise<{ readonly dir: string; readonly asks: readonly string[] }> {
  const passages = [...(await openKnowledge()).passages.values()];
  const items = generatedItems(count);
  const entries = items.map(({ id, title, asks, words, text }, at): Entry => {
    const { id: from = "", gist = "" } = passages[at % passages.length] ?? {};
    return {
      id,
      kind: "finding",
      theme: null,
      title,
      answer: [
        { says: gist, from: [from] },
        { says: text, from: [from] },
      ],
      asks,
      words,
      related: [],
      reviewed: "2026-11-25",
    };
  });
  const dir = mkdtempSync(join(tmpdir(), "bearings-bench-knowledge-"));
  mkdirSync(join(dir, "entries"));
  for (let from = 0; from < count; from += eachFile) {
    // JSON is YAML.
    const some = JSON.stringify(entries.slice(from, from + eachFile), null, 1);
    writeFileSync(join(dir, "entries", `generated-${from}.yaml`), some);
  }
  return { dir, asks: items.flatMap(({ asks }) => asks[0] ?? []) };
}
