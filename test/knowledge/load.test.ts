import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, describe, expect, test } from "vitest";
import { BearingsError } from "#src/errors.ts";
import { formatFinding } from "#src/knowledge/finding.ts";
import { lintKnowledge } from "#src/knowledge/lint.ts";
import { loadBank, loadKnowledge } from "#src/knowledge/load.ts";
import { fixtureDay, goodFolder, teamFolder } from "../helpers/knowledge.ts";

const temporary = mkdtempSync(join(tmpdir(), "bearings-"));
afterAll(() => rmSync(temporary, { recursive: true, force: true }));

let made = 0;

/** A new folder: a copy of the good one, or empty. */
function folder(from: string | null = goodFolder): string {
  made += 1;
  const dir = join(temporary, String(made));
  mkdirSync(dir);
  if (from !== null) cpSync(from, dir, { recursive: true });
  return dir;
}

const codes = async (...dirs: string[]): Promise<readonly string[]> =>
  (await loadKnowledge(dirs)).findings.map(({ code }) => code);

describe("one folder", () => {
  test("is loaded whole, with every passage by its id", async () => {
    const { knowledge, findings } = await loadKnowledge([goodFolder]);
    expect(findings).toEqual([]);
    expect(knowledge?.passages.get("P03")).toMatchObject({ source: "rowan-2020", force: "must" });
    expect(knowledge?.entries.map(({ id, theme }) => [id, theme])).toEqual([
      ["gardens", null],
      ["song", "gardens"],
    ]);
    expect(knowledge?.crisis.contacts[0]).toMatchObject({ call: "911", text: null, url: null });
    expect(knowledge?.talk[0]?.id).toBe("greeting");
    expect(knowledge?.version).toMatch(/^[0-9a-f]{12}$/);
  });

  test("cannot be changed after loading", async () => {
    const { knowledge } = await loadKnowledge([goodFolder]);
    expect(() => Object.assign(knowledge?.entries[0] ?? {}, { title: "x" })).toThrow(TypeError);
    expect(() => Object.assign(knowledge?.crisis.contacts ?? [], { 0: null })).toThrow(TypeError);
  });

  test("has a version that follows its contents, not its place", async () => {
    const copy = folder();
    const version = async (dir: string) => (await loadKnowledge([dir])).knowledge?.version;
    const before = await version(copy);
    expect(before).toBe(await version(goodFolder));
    writeFileSync(join(copy, "vocabulary.yaml"), "[]\n");
    expect(await version(copy)).not.toBe(before);
  });

  test("keeps answering although it does not keep to the rules of style and age", async () => {
    expect((await lintKnowledge([goodFolder], "2027-11-22")).map(({ code }) => code)).toEqual(["stale-contact"]);
    expect((await loadKnowledge([goodFolder])).knowledge).not.toBeNull();
  });

  test("gives its bank apart, and answering does not read it", async () => {
    const copy = folder();
    writeFileSync(join(copy, "questions.yaml"), "{");
    expect((await loadKnowledge([copy])).findings).toEqual([]);
    expect((await loadBank([copy])).bank).toBeNull();
    const { bank } = await loadBank([goodFolder]);
    expect(bank?.questions).toHaveLength(3);
    expect(bank?.messages).toContainEqual({ lane: "now", style: "explicit", says: "I want to hurt myself" });
  });
});

describe("two folders", () => {
  test("are merged: entries added, the later contacts first, the wording kept, signs added to", async () => {
    const { knowledge, findings } = await loadKnowledge([goodFolder, teamFolder]);
    expect(findings).toEqual([]);
    expect(knowledge?.entries.map(({ id }) => id)).toEqual(["gardens", "song", "feeder"]);
    expect(knowledge?.passages.get("T01")?.source).toBe("team-2026");
    expect(knowledge?.crisis.contacts.map(({ name }) => name)).toEqual(["Duty desk", "Emergency services"]);
    expect(knowledge?.crisis.wording.opening).toHaveLength(2);
    expect(knowledge?.crisis.signs).toEqual([{ id: "harm-self", says: ["hurt myself", "do myself in"] }]);
    expect(await lintKnowledge([goodFolder, teamFolder], fixtureDay)).toEqual([]);
  });

  test("may replace the crisis wording", async () => {
    const team = folder(null);
    const wording = "{ opening: [Ring the desk.], forSelf: [], forOther: [], closing: [], aside: Say if so. }";
    writeFileSync(join(team, "crisis.yaml"), `wording: ${wording}\n`);
    const { knowledge } = await loadKnowledge([goodFolder, team]);
    expect(knowledge?.crisis.wording.opening).toEqual(["Ring the desk."]);
    expect(knowledge?.crisis.contacts).toHaveLength(1);
  });

  test("with one id are refused, and both places named", async () => {
    const { knowledge, findings } = await loadKnowledge([goodFolder, goodFolder]);
    expect(knowledge).toBeNull();
    expect(findings.map(({ code }) => code)).toContain("duplicate-id");
    expect(formatFinding(findings[0] ?? never())).toMatch(
      /good\/\S+:\d+:\d+ {2}error {2}duplicate-id .* at test\S+:\d+:\d+/,
    );
  });

  test("the second alone lacks what only the first has", async () => {
    const found = await codes(teamFolder);
    expect(found).toContain("missing-part");
    expect(found).toContain("unknown-theme");
  });
});

describe("a folder that is not one stops the loading", () => {
  test.each([
    ["missing", () => join(temporary, "nowhere")],
    ["a file", () => "package.json"],
    ["empty", () => folder(null)],
    ["without a knowledge file", () => withFile(folder(null), "readme.txt", "x")],
  ])("%s", async (_, make) => {
    const failure = await loadKnowledge([make()]).catch((thrown: unknown) => thrown);
    expect(failure).toBeInstanceOf(BearingsError);
    expect(failure).toMatchObject({ code: "knowledge", fix: expect.stringMatching(/\w/) });
  });

  test("none at all", async () => {
    await expect(loadKnowledge([])).rejects.toBeInstanceOf(BearingsError);
  });
});

describe("a file that is not one of ours is told of and not read", () => {
  test("larger than 256 KB", async () => {
    const dir = withFile(folder(), "entries/big.yaml", `# ${"x".repeat(256 * 1024)}\n[]\n`);
    expect(await codes(dir)).toEqual(["too-big"]);
  });

  test("a link out of the folder", async () => {
    const dir = folder();
    symlinkSync("/etc/passwd", join(dir, "entries/passwd.yaml"));
    expect(await codes(dir)).toEqual(["outside-folder"]);
  });

  test("a link that leads nowhere, and one that leads in a circle", async () => {
    const dir = folder();
    symlinkSync("gone.yaml", join(dir, "entries/a.yaml"));
    symlinkSync("b.yaml", join(dir, "entries/b.yaml"));
    expect(await codes(dir)).toEqual(["unreadable", "unreadable"]);
  });

  test("a folder with the name of a file", async () => {
    const dir = folder();
    mkdirSync(join(dir, "entries/x.yaml"));
    expect(await codes(dir)).toEqual(["not-a-file"]);
  });

  test("a named pipe, which would wait for ever", async () => {
    const dir = folder();
    execFileSync("mkfifo", [join(dir, "entries/pipe.yaml")]);
    expect(await codes(dir)).toEqual(["not-a-file"]);
  });

  test("a misspelt name is an error, another one a warning", async () => {
    const dir = withFile(withFile(folder(), "crisis.yml", "x"), "rota.yaml", "x");
    const { findings } = await loadKnowledge([dir]);
    expect(findings.map(({ code, severity }) => [code, severity])).toEqual([
      ["unknown-file", "error"],
      ["unknown-file", "warning"],
    ]);
  });

  test("hidden files are nobody's business", async () => {
    expect(await codes(withFile(folder(), ".crisis.yaml", "x"))).toEqual([]);
  });
});

describe("too much is refused before it is parsed", () => {
  test("more than 500 files", async () => {
    const dir = folder();
    for (let index = 0; index < 500; index += 1) writeFileSync(join(dir, `entries/${index}.yaml`), "[]\n");
    expect(await codes(dir)).toContain("too-much");
  });

  test("more than 8 MB", async () => {
    const dir = folder();
    const text = `# ${"x".repeat(255 * 1024)}\n[]\n`;
    for (let index = 0; index < 34; index += 1) writeFileSync(join(dir, `entries/${index}.yaml`), text);
    expect(await codes(dir)).toContain("too-much");
  });
});

test("the shipped knowledge answers", async () => {
  const { knowledge, findings } = await loadKnowledge(["knowledge"]);
  expect(findings.map(formatFinding)).toEqual([]);
  expect(knowledge).not.toBeNull();
});

function withFile(dir: string, name: string, text: string): string {
  writeFileSync(join(dir, name), text);
  return dir;
}

function never(): never {
  throw new Error("no finding");
}
