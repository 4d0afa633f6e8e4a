/** What each knowledge file may hold. Every limit is here; a field's `error` is the fix that a curator reads. */
import * as z from "zod";
import type { Boundary, Concept, CrisisContact, CrisisWording, Entry, Holiday, Question } from "./entry.ts";
import { type CrisisMessage, kinds, type Sign, type Source, type Talk, talkIds } from "./entry.ts";

/** What crisis.yaml may hold. A team's own file may leave out all but what it changes. */
export type CrisisFile = {
  readonly wording?: CrisisWording | undefined;
  readonly contacts: readonly CrisisContact[];
  readonly signs: readonly Sign[];
  readonly counterSigns: readonly Sign[];
};

/** What messages/<lane>.yaml holds: texts by the style they are written in. */
export type MessagesFile = Readonly<Record<CrisisMessage["style"], readonly CrisisMessage["says"][]>>;

// biome-ignore lint/suspicious/noControlCharactersInRegex: finding them is the point
const isClean = (text: string): boolean => text.isWellFormed() && !/[\0-\x1f\x7f\u202a-\u202e\u2066-\u2069]/.test(text);

/** Text for people, on one line: a break in the file is a space here. */
const text = (longest: number) =>
  z
    .string({ error: "Put the text in double quotes." })
    .overwrite((raw) => raw.replace(/\s+/g, " ").trim())
    .min(1, { error: "Write the text, or delete the line." })
    .max(longest, { error: `Shorten it to ${longest} characters, or split it.` })
    .refine(isClean, { error: "Delete the invisible or broken characters." });

/** A map with these fields and no others; the fix for an unknown one names those there are. `fix` is for what is no map. */
const fields = <Shape extends z.ZodRawShape>(shape: Shape, fix?: string) =>
  z.strictObject(shape, {
    error: ({ code }) => (code === "unrecognized_keys" ? `Use one of: ${Object.keys(shape).join(", ")}.` : fix),
  });

/** One or more. The type says so too, so that an answer without a source does not compile. */
const some = <Item extends z.ZodType>(item: Item, most: number) =>
  z
    .array(item)
    .min(1, { error: "Write at least one." })
    .max(most, { error: `Keep at most ${most}.` })
    .transform(([first, ...rest]): [z.output<Item>, ...z.output<Item>[]] =>
      first === undefined ? z.NEVER : [first, ...rest],
    );

const several = <Item extends z.ZodType>(item: Item, most: number) =>
  z.array(item).max(most, { error: `Keep at most ${most}.` });

const id = z
  .string({ error: "Put the id in quotes." })
  .regex(/^[A-Za-z0-9][A-Za-z0-9_.:-]{0,63}$/, { error: "Use up to 64 letters, digits and hyphens, without spaces." });

const isDay = (day: string): boolean => {
  const at = new Date(`${day}T00:00:00Z`);
  return !Number.isNaN(at.getTime()) && at.toISOString().startsWith(day);
};

const day = z
  .string({ error: "Write the date as YYYY-MM-DD." })
  .regex(/^\d{4}-\d{2}-\d{2}$/, { error: "Write the date as YYYY-MM-DD." })
  .refine(isDay, { error: "Write a day that exists, as YYYY-MM-DD." });

const link = z
  .string({ error: "Write the address in quotes." })
  .max(500, { error: "Use an address of at most 500 characters." })
  .regex(/^https:\/\/[a-z0-9][a-z0-9.-]*\.[a-z]{2,}(?:[/?#][^\s<>"'`\\]*)?$/i, {
    error: "Use an address that begins with https://.",
  });

const phoneFix = 'Write the number in double quotes, such as "0800 123 456".';
const phone = z.string({ error: phoneFix }).regex(/^\+?\d[\d ()-]{1,29}$/, { error: phoneFix });
const textLine = z
  .string({ error: phoneFix })
  .regex(/^[\p{L}\d][\p{L}\d +()-]{1,59}$/u, { error: 'Write the number to text in double quotes, such as "85258".' })
  .regex(/\d/, { error: "Write the number to text." });

// The codes that ISO 3166 assigns, as this Node's ICU knows them.
const regions = new Intl.DisplayNames("en", { type: "region", fallback: "none" });
const country = z
  .string({ error: "Write the two-letter country code in quotes." })
  .regex(/^[A-Z]{2}$/, { error: "Write two capital letters, such as CA or GB; null for your own organisation." })
  .refine((code) => /^[A-Z]{2}$/.test(code) && !notAssigned.has(code) && regions.of(code) !== undefined, {
    error: "Use the ISO 3166 code, such as CA or GB (not UK).",
  });
const notAssigned = new Set(["UK", "EU", "EZ", "UN", "XA", "XB", "ZZ", "QO"]);

const passage = fields({
  id,
  section: text(200),
  sentence: z.int({ error: "Write the number of the sentence, from 1." }).min(1).max(10_000),
  force: z.enum(["states", "may", "should", "must"]),
  gist: text(600),
});

const csl = fields({
  type: text(40),
  title: text(400),
  author: some(z.union([fields({ family: text(100), given: text(100) }), fields({ literal: text(200) })]), 50),
  issued: fields({ "date-parts": z.array(z.array(z.int()).min(1).max(3)).min(1).max(2) }),
  genre: text(100).optional(),
  publisher: text(200).optional(),
  "container-title": text(300).optional(),
  volume: text(20).optional(),
  issue: text(20).optional(),
  page: text(20).optional(),
  DOI: text(200).optional(),
  URL: link.optional(),
  language: text(20).optional(),
});

const sources = z.array(
  fields({ id, csl, passages: several(passage, 2_000) }).transform((source) => ({
    ...source,
    passages: source.passages.map((one) => ({ ...one, source: source.id })),
  })),
);

const sentence = fields({ says: text(600), from: some(id, 12) });
const asks = several(text(400), 300);
const words = several(text(80), 200);

const entries = z.array(
  fields({
    id,
    kind: z.enum(kinds),
    theme: id.nullable().default(null),
    title: text(120),
    answer: some(sentence, 20),
    asks,
    words,
    related: several(id, 12),
    reviewed: day,
  }),
);

const boundaries = z.array(
  fields({ id, scope: z.enum(["field", "outside"]), topic: text(120), nearest: several(id, 12), asks, words }),
);

const vocabulary = z.array(fields({ concept: text(80), says: several(text(80), 200) }));

const contact = fields({
  country: country.nullable(),
  use: z.enum(["emergency", "suicide", "domestic", "child", "trafficking", "any"]),
  name: text(120),
  call: phone.nullable().default(null),
  text: textLine.nullable().default(null),
  url: link.nullable().default(null),
  hours: text(120).nullable().default(null),
  source: link,
  verified: day,
}).refine(({ call, text, url }) => call !== null || text !== null || url !== null, {
  error: "Write at least one of call, text and url.",
});

const lines = several(text(300), 12);
const signs = several(fields({ id, says: several(text(120), 1_000) }), 300);
const crisis = fields({
  wording: fields({ opening: lines, forSelf: lines, forOther: lines, closing: lines, aside: text(300) }).optional(),
  contacts: several(contact, 300).default([]),
  signs: signs.default([]),
  counterSigns: signs.default([]),
});

const talk = z.array(fields({ id: z.enum(talkIds), asks }));

// Public holidays differ by country and region, so the list is the team's own. Ten years of a busy calendar fit.
const holidayFix = "Write '- date: 2026-12-25', and below it, two spaces in, 'name: Christmas Day'.";
const holidays = several(fields({ date: day, name: text(80) }, holidayFix), 500);

const questions = z.array(
  fields({
    ask: text(2_000),
    want: z.enum(["answer", "not-covered", "outside", "note", "reminder", "crisis"]),
    right: several(id, 40).default([]),
  }),
);

const messages = z.record(id, several(text(4_000), 2_000));

type Schemas = {
  readonly sources: z.ZodType<readonly Source[]>;
  readonly entries: z.ZodType<readonly Entry[]>;
  readonly boundaries: z.ZodType<readonly Boundary[]>;
  readonly vocabulary: z.ZodType<readonly Concept[]>;
  readonly crisis: z.ZodType<CrisisFile>;
  readonly talk: z.ZodType<readonly Talk[]>;
  readonly holidays: z.ZodType<readonly Holiday[]>;
  readonly questions: z.ZodType<readonly Question[]>;
  readonly messages: z.ZodType<MessagesFile>;
};

/** One schema for each part of the knowledge. Its output is the type in entry.ts. */
export const schemas: Schemas = {
  sources,
  entries,
  boundaries,
  vocabulary,
  crisis,
  talk,
  holidays,
  questions,
  messages,
};

/** JSON Schemas by file name, so that an editor completes and checks while a curator types. */
export const jsonSchemas = (): Readonly<Record<string, object>> =>
  Object.fromEntries(
    Object.entries(schemas).map(([part, schema]) => [
      `${part}.schema.json`,
      // draft-07 is what the YAML extensions of editors read; `input` is the file as typed, before defaults.
      z.toJSONSchema(schema, { io: "input", target: "draft-07" }),
    ]),
  );
