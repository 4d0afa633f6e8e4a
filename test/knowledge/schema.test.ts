import { readFileSync, writeFileSync } from "node:fs";
import { describe, expect, expectTypeOf, test } from "vitest";
import type * as z from "zod";
import type { Boundary, Concept, CrisisContact, Entry, Holiday, Question, Source, Talk } from "#src/knowledge/entry.ts";
import { jsonSchemas, schemas } from "#src/knowledge/schema.ts";

describe("the schema files beside the knowledge", () => {
  test.each(Object.entries(jsonSchemas()))("%s says what the loader checks", (name, schema) => {
    const path = `knowledge/${name}`;
    const text = `${JSON.stringify(schema, null, 2)}\n`;
    if (process.env.UPDATE_GOLDEN === "1") writeFileSync(path, text);
    expect(readFileSync(path, "utf8"), "run the tests with UPDATE_GOLDEN=1 and read the change").toBe(text);
  });

  test("there is one for every part", () => {
    expect(Object.keys(jsonSchemas()).sort()).toEqual(
      Object.keys(schemas)
        .map((part) => `${part}.schema.json`)
        .sort(),
    );
  });

  test("unknown fields are refused there too", () => {
    for (const part of ["sources", "entries", "boundaries", "vocabulary", "crisis", "holidays", "questions"])
      expect(JSON.stringify(jsonSchemas()[`${part}.schema.json`])).toContain('"additionalProperties":false');
  });
});

test("what a schema gives is the type that the rest of the code reads", () => {
  expectTypeOf<z.output<typeof schemas.sources>>().toEqualTypeOf<readonly Source[]>();
  expectTypeOf<z.output<typeof schemas.entries>>().toEqualTypeOf<readonly Entry[]>();
  expectTypeOf<z.output<typeof schemas.boundaries>>().toEqualTypeOf<readonly Boundary[]>();
  expectTypeOf<z.output<typeof schemas.vocabulary>>().toEqualTypeOf<readonly Concept[]>();
  expectTypeOf<z.output<typeof schemas.holidays>>().toEqualTypeOf<readonly Holiday[]>();
  expectTypeOf<z.output<typeof schemas.talk>>().toEqualTypeOf<readonly Talk[]>();
  expectTypeOf<z.output<typeof schemas.questions>>().toEqualTypeOf<readonly Question[]>();
  expectTypeOf<z.output<typeof schemas.crisis>["contacts"]>().toEqualTypeOf<readonly CrisisContact[]>();
});

describe("a crisis contact", () => {
  const contact = {
    country: "CA",
    use: "any",
    name: "Line",
    call: "9-8-8",
    source: "https://example.org/line",
    verified: "2026-11-01",
  };
  const accepts = (change: object): boolean =>
    schemas.crisis.safeParse({ contacts: [{ ...contact, ...change }] }).success;

  test.each([
    [{}],
    [{ call: "+44 (0)20 7946-0000" }],
    [{ call: null, text: "85258" }],
    [{ call: null, text: "HOME to 686868" }],
    [{ call: null, url: "https://example.org/chat?x=1" }],
    [{ country: null }],
    [{ country: "NO" }],
  ])("may be %j", (change) => {
    expect(accepts(change)).toBe(true);
  });

  test.each([
    [{ call: 988 }],
    [{ call: "call us" }],
    [{ call: "" }],
    [{ call: "tel:988" }],
    [{ call: "9".repeat(40) }],
    [{ text: "HOME" }],
    [{ country: "ca" }],
    [{ country: "UK" }],
    [{ country: "ZZ" }],
    [{ country: "CAN" }],
    [{ country: undefined }],
    [{ url: "javascript:alert(1)" }],
    [{ url: "https://user:pass@example.org/" }],
    [{ url: "https://example.org/ x" }],
    [{ url: "https:example.org" }],
    [{ url: "https://localhost/" }],
    [{ source: null }],
    [{ verified: "2026-13-01" }],
    [{ verified: "1 November 2026" }],
    [{ use: "other" }],
    [{ note: "x" }],
  ])("may not be %j", (change) => {
    expect(accepts(change)).toBe(false);
  });
});

test("text is one line, whatever line breaks the file has", () => {
  const parsed = schemas.boundaries.parse([
    { id: "a", scope: "field", topic: "  two\n  lines \n", nearest: [], asks: [], words: [] },
  ]);
  expect(parsed[0]?.topic).toBe("two lines");
});
