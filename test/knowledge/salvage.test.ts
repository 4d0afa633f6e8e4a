import { describe, expect, test } from "vitest";
import { readDocuments } from "#src/knowledge/documents.ts";
import { changed, findingsIn, goodFolder, lineOf, rawFiles, type Texts, textsOf } from "../helpers/knowledge.ts";

const good = textsOf(goodFolder);
const birds = "entries/birds.yaml";

/** What is told of the texts, as `file:line code`. */
const told = (texts: Texts): readonly string[] =>
  findingsIn(texts).map(({ at, code }) => `${at.file}:${at.line} ${code}`);

const line = (texts: Texts, name: string, words: string): string => `${name}:${lineOf(texts, name, words)}`;

describe("one broken item hides nothing of the others", () => {
  test("an entry; what comes after it keeps its lines", () => {
    const broken = changed(good, birds, "kind: theme", "kind: themes");
    const texts = changed(broken, birds, "Birds sing in the morning.", "Birds must sing in the morning!");
    expect(told(texts)).toEqual([
      `${line(texts, birds, "kind: themes")} schema`,
      `${line(texts, birds, "must sing")} advice-verb`,
      `${line(texts, birds, "must sing")} exclamation`,
    ]);
  });

  test("an entry with a field too many", () => {
    const broken = changed(good, birds, "kind: theme", "colour: red\n  kind: theme");
    const texts = changed(broken, birds, "When birds sing", "Birds sing!");
    expect(told(texts)).toEqual([
      `${line(texts, birds, "colour")} schema`,
      `${line(texts, birds, "title: Birds sing!")} exclamation`,
    ]);
  });

  test("a passage; the others of its source stay", () => {
    const broken = changed(good, "sources.yaml", "force: states", "force: stated");
    const texts = changed(broken, "sources.yaml", "Seeds may help.", "Seeds may color.");
    expect(told(texts)).toEqual([
      `${line(texts, "sources.yaml", "stated")} schema`,
      `${line(texts, "sources.yaml", "color")} spelling`,
    ]);
    const { documents } = readDocuments(rawFiles(texts));
    expect(documents.sources[0]?.value[0]?.passages.map(({ id }) => id)).toEqual(["P02", "P03", "P04"]);
  });

  test("a contact; the wording and the other contacts are checked", () => {
    const second = 'contacts:\n  - country: UK\n    use: any\n    name: Line\n    call: "1"\n';
    const broken = changed(good, "crisis.yaml", "contacts:\n", second);
    const old = changed(broken, "crisis.yaml", "2026-11-01", "2026-05-01");
    const texts = changed(old, "crisis.yaml", "I am a bot", "I am happy to be a bot");
    expect(told(texts)).toEqual([
      `${line(texts, "crisis.yaml", "happy to")} crisis-cheer`,
      // The source and the day are missing, and UK is no code.
      ...Array<string>(3).fill(`${line(texts, "crisis.yaml", "country: UK")} schema`),
      `${line(texts, "crisis.yaml", 'call: "1"')} schema`,
      `${line(texts, "crisis.yaml", "2026-05-01")} stale-contact`,
    ]);
  });

  test("a message; the others of its style are compared", () => {
    const texts = changed(good, "messages/now.yaml", "I want to hurt myself", "[half]\n  - When do birds sing?");
    expect(told(texts)).toContain(`${line(texts, "messages/now.yaml", "When do birds")} same-message`);
  });
});

test("what is left of a part is still one of which something was refused", () => {
  const { documents, findings } = readDocuments(rawFiles(changed(good, birds, "kind: theme", "kind: themes")));
  expect([...documents.refused]).toEqual(["entries"]);
  expect(documents.entries[0]?.value.map(({ id }) => id)).toEqual(["song"]);
  expect(findings).toHaveLength(1);
});

test("a file of another kind is refused whole", () => {
  const { documents } = readDocuments(rawFiles(new Map([[birds, "id: x\n"]])));
  expect(documents.entries).toEqual([]);
});
