import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { readDocuments } from "#src/knowledge/documents.ts";
import { schemas } from "#src/knowledge/schema.ts";
import { type PlaceOf, parseYaml } from "#src/knowledge/yaml.ts";
import { findingsIn, goodFolder, rawFiles, textsOf } from "../helpers/knowledge.ts";
import { loadedTexts, oddTexts, refusedTexts } from "./hostile.ts";

const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);

// The promise is about a second; the rest is for a machine with other things to do.
const generousMs = 5_000;

/** Runs and says how long it took, which no hostile text may stretch. */
function inTime<T>(run: () => T): T {
  const start = performance.now();
  const result = run();
  expect(performance.now() - start).toBeLessThan(generousMs);
  return result;
}

describe("a hostile text is refused", () => {
  test.each(Object.entries(refusedTexts))("%s", (_, [text, code]) => {
    const parsed = inTime(() => parseYaml("x.yaml", bytes(text)));
    expect(parsed.kind).toBe("refused");
    if (parsed.kind !== "refused") return;
    expect(parsed.findings[0]?.code).toBe(code);
    expect(parsed.findings.length).toBeLessThanOrEqual(20);
    for (const { at, fix } of parsed.findings) {
      expect(at.line).toBeGreaterThan(0);
      expect(at.column).toBeGreaterThan(0);
      expect(fix).not.toBe("");
    }
  });

  test.each([
    ["UTF-16 with its mark", Uint8Array.from([0xff, 0xfe, 0x61, 0, 0x3a, 0])],
    ["UTF-16, big end first", Uint8Array.from([0xfe, 0xff, 0, 0x61, 0, 0x3a])],
    ["UTF-16 without a mark", Uint8Array.from([0x61, 0, 0x3a, 0, 0x20, 0])],
    ["Latin-1", Uint8Array.from([0x61, 0x3a, 0x20, 0xe9])],
    ["an encoded surrogate", Uint8Array.from([0x61, 0x3a, 0x20, 0xed, 0xa0, 0x80])],
    ["an overlong encoding", Uint8Array.from([0x61, 0x3a, 0x20, 0xc0, 0xaf])],
    ["a picture", Uint8Array.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0])],
    ["a character cut in half", Uint8Array.from([0x61, 0x3a, 0x20, 0xc3])],
  ])("%s", (_, raw) => {
    expect(parseYaml("x.yaml", raw).kind).toBe("refused");
  });
});

/** What is said of a text that is refused, as `line:column message`. */
function toldOf(text: string): readonly string[] {
  const parsed = parseYaml("x.yaml", bytes(text));
  return parsed.kind === "refused"
    ? parsed.findings.map(({ at, message }) => `${at.line}:${at.column} ${message}`)
    : [];
}

describe("what is told fits the slip", () => {
  test.each([
    ["a: [1, 2", "1:9"],
    ["a: {b: 1", "1:9"],
    ["- id: x\n  from: [P1, P2\n  says: hi\n", "3:3"],
    ["- {ask: x, right: [P1}\n- {ask: y}\n", "1:22"],
  ])("a bracket that is not closed: %j", (text, at) => {
    expect(toldOf(text)).toEqual([expect.stringMatching(`^${at} a bracket that opened before this is not closed`)]);
  });

  test.each(["- id: x\n\tsays: b\n", "a:\n\tb: 1\n", "- id: x\n  \tsays: b\n"])("a tab is told once: %j", (text) => {
    expect(toldOf(text)).toEqual([expect.stringMatching(/^2:\d a tab is used for indentation$/)]);
  });

  test("an indentation that goes back halfway is still that", () => {
    expect(toldOf("a:\n    b: c\n  d: e\n")[0]).toMatch(/^3:\d the indentation does not fit/);
  });

  test("the same slip many times is one finding with a number", () => {
    expect(toldOf("a: *x\nb: *y\nc: *z\n")).toEqual([
      "1:4 aliases (*name) are not used here; 2 more like it in this file",
    ]);
    for (const [text] of Object.values(refusedTexts)) {
      const messages = toldOf(text).map((line) => line.replace(/^\S+ /, ""));
      expect(new Set(messages).size, text.slice(0, 40)).toBe(messages.length);
    }
  });
});

describe("what only looks hostile is plain data", () => {
  test.each(Object.entries(loadedTexts))("%s", (_, [text, value]) => {
    const parsed = inTime(() => parseYaml("x.yaml", bytes(text)));
    expect(parsed).toMatchObject({ kind: "read", value });
  });
});

describe("no part of the knowledge takes it for its own", () => {
  const parts = [
    "sources",
    "entries",
    "boundaries",
    "vocabulary",
    "crisis",
    "talk",
    "holidays",
    "questions",
    "messages",
  ] as const;
  const fileOf = { entries: "entries/x.yaml", messages: "messages/now.yaml" } as const;
  const hostile = [...Object.values(oddTexts), ...Object.values(loadedTexts).map(([text]) => text)];

  test.each(parts)("%s", (part) => {
    expect(Object.keys(schemas)).toContain(part);
    const name = part === "entries" || part === "messages" ? fileOf[part] : `${part}.yaml`;
    for (const text of hostile) {
      const { findings } = inTime(() => readDocuments(rawFiles(new Map([[name, text]]))));
      expect(findings.length, text.slice(0, 40)).toBeGreaterThan(0);
      expect(findings.length).toBeLessThanOrEqual(110);
    }
  });
});

test("the prototype of objects stays as it was", () => {
  for (const [text] of Object.values(refusedTexts)) parseYaml("x.yaml", bytes(text));
  expect(Object.hasOwn(Object.prototype, "admin")).toBe(false);
});

test("errors keep their stacks after a hostile file", () => {
  const before = Error.stackTraceLimit;
  parseYaml("x.yaml", bytes("a: 'b\n"));
  expect(Error.stackTraceLimit).toBe(before);
});

test("every part of a value has the place where it was written", () => {
  const parsed = parseYaml(
    "x.yaml",
    bytes("\ufeff- id: a\r\n  answer:\r\n    - says: b\r\n      from: [P01, P02]\r\n"),
  );
  const places: PlaceOf | null = parsed.kind === "read" ? parsed.placeOf : null;
  expect(places?.([0, "id"])).toEqual({ file: "x.yaml", line: 1, column: 3 });
  expect(places?.(["0", "answer", "0", "from", "1"])).toEqual({ file: "x.yaml", line: 4, column: 19 });
  // For what is not there, the place of what should hold it.
  expect(places?.([0, "answer", 0, "gone", "x"])).toMatchObject({ line: 3, column: 7 });
  expect(places?.([7])).toMatchObject({ line: 1 });
});

const files = [...textsOf(goodFolder)];
const anyFile = fc.constantFrom(...files);

test("a file with random bytes changed never throws", () => {
  fc.assert(
    fc.property(
      anyFile,
      fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 6 }),
      ([name, text], flips) => {
        const raw = bytes(text);
        for (const [at, byte] of flips) raw[at % raw.length] = byte;
        readDocuments([{ folder: 0, name, shown: name, bytes: raw }]);
      },
    ),
    { numRuns: 300 },
  );
});

test("a file cut anywhere never throws", () => {
  fc.assert(
    fc.property(anyFile, fc.nat(), ([name, text], at) => {
      const raw = bytes(text);
      readDocuments([{ folder: 0, name, shown: name, bytes: raw.slice(0, at % raw.length) }]);
    }),
    { numRuns: 300 },
  );
});

test("a folder with a line lost or doubled never throws", () => {
  fc.assert(
    fc.property(anyFile, fc.nat(), fc.boolean(), ([name, text], at, double) => {
      const lines = text.split("\n");
      lines.splice(at % lines.length, double ? 0 : 1, ...(double ? [lines[at % lines.length] ?? ""] : []));
      for (const finding of findingsIn(new Map([...files, [name, lines.join("\n")]])))
        expect(finding.at.line).toBeGreaterThan(0);
    }),
    { numRuns: 200 },
  );
});
