/** Spoilt activities of every kind: read as nothing or as something well-formed, and nothing is ever thrown. */
import { inspect } from "node:util";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { headOf, parseActivity } from "#adapters/teams/parse.ts";
import { openPlace, placesOf, readMessage } from "#adapters/teams/read.ts";
import { maxCharacters, reveal } from "#src/turn.ts";
import {
  channelMention,
  edited,
  groupMention,
  invoke,
  type Json,
  personalMessage,
} from "../helpers/teams/activities.ts";
import { activityTypes, hostileActivity, invokeNames, rightActivities } from "../helpers/teams/hostile.ts";

const id = z.string().min(1).max(1_000);
const common = {
  id: id.nullable(),
  from: z.strictObject({
    tenant: id,
    user: id,
    account: z.string().nullable(),
    zone: z.string().nullable(),
    country: z
      .string()
      .regex(/^[A-Z]{2}$/)
      .nullable(),
  }),
  where: z.strictObject({
    serviceUrl: id,
    conversation: id,
    kind: z.enum(["personal", "group", "channel"]),
    thread: id.nullable(),
    bot: id,
  }),
};
const text = z.string().max(200_000);
const data = z.strictObject({
  verb: z.string().min(1).max(64),
  token: z.string().max(4_000),
  inputs: z.record(z.string().max(64), z.string().max(4_000)),
});

/** All that an activity may be, and no field more. */
const wellFormed = z.discriminatedUnion("kind", [
  z.strictObject({
    kind: z.literal("message"),
    ...common,
    text,
    mentions: z.array(z.strictObject({ id, text: z.string() })),
    isEdit: z.boolean(),
    sentAt: id.nullable(),
  }),
  z.strictObject({ kind: z.literal("press"), ...common, data, isExecute: z.boolean(), message: id.nullable() }),
  z.strictObject({ kind: z.literal("query"), ...common, text, count: z.number().int().min(1).max(25) }),
  z.strictObject({ kind: z.literal("open"), ...common, command: id, text: text.nullable() }),
  z.strictObject({ kind: z.literal("dialog"), ...common, command: z.string().max(1_000), data }),
  z.strictObject({
    kind: z.literal("vote"),
    ...common,
    vote: z.enum(["up", "down"]),
    text: z.string(),
    message: id.nullable(),
  }),
  z.strictObject({ kind: z.enum(["installed", "removed"]), ...common }),
  z.strictObject({ kind: z.literal("other"), isInvoke: z.boolean() }),
]);

/** As it arrives: what JSON cannot say is gone, and a key such as __proto__ is a key. */
const arrived = (body: unknown): unknown => JSON.parse(JSON.stringify(body) ?? "null");

/** Reads it, and says what it was read as. */
function expectWellFormed(body: unknown): string {
  const activity = parseActivity(body);
  headOf(body);
  if (activity === null) return "nothing";
  expect(wellFormed.safeParse(activity).error).toBeUndefined();
  if (activity.kind === "other") return "other";
  const { direct } = placesOf(activity);
  expect(openPlace(direct)).toEqual({
    kind: "person",
    tenant: activity.from.tenant,
    user: activity.from.user,
    account: activity.from.account,
  });
  if (activity.kind === "message") readMessage(activity, 1);
  return activity.kind;
}

describe("T-04, F5: an activity that is spoilt", () => {
  test("is read as nothing or as something well-formed, five thousand times", () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(hostileActivity, (body) => {
        seen.add(expectWellFormed(arrived(body)));
      }),
      { numRuns: 5_000 },
    );
    // Spoiling all of them alike would test little.
    const kinds = ["message", "press", "query", "open", "dialog", "vote", "installed", "removed", "other", "nothing"];
    expect([...seen].sort()).toEqual(kinds.sort());
  });

  test("in one part at a time, each part of each kind in turn, is as well", () => {
    const wrong = [
      undefined,
      null,
      7,
      true,
      "",
      "\ud800",
      "x".repeat(1_001),
      [],
      {},
      [[]],
      { ["__proto__"]: { id: "x" } },
    ];
    for (const right of rightActivities)
      for (const path of pathsIn(right))
        for (const value of wrong) expectWellFormed(arrived(changed(right, path, value)));
  });

  test("of each type and name, with nothing else, is nothing or no matter", () => {
    for (const type of activityTypes) expectWellFormed({ type });
    for (const name of invokeNames) expectWellFormed({ type: "invoke", name });
    for (const odd of [null, undefined, 0, "message", [], {}, new Map(), () => "message"])
      expect(parseActivity(odd)).toBeNull();
  });

  test("brings no key of an object's own making along", () => {
    const body: unknown = JSON.parse(
      JSON.stringify(invoke("task/submit", { data: { verb: "press", token: "", odd: "x" } })).replace(
        '"odd":"x"',
        '"__proto__":{"token":"stolen"},"constructor":"x","a b":"x","":"x"',
      ),
    );
    const read = parseActivity(body);
    const own = { verb: "press", token: "", inputs: { constructor: "x" } };
    expect(read?.kind === "dialog" ? JSON.stringify(read.data) : null).toBe(JSON.stringify(own));
    expect(Object.keys(Object.prototype)).toEqual([]);
  });
});

function pathsIn(value: unknown, above: readonly string[] = []): readonly (readonly string[])[] {
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, part]) => [[...above, key], ...pathsIn(part, [...above, key])]);
}

function changed(value: unknown, [key, ...rest]: readonly string[], put: unknown): unknown {
  if (key === undefined) return put;
  if (Array.isArray(value)) return value.map((part, at) => (String(at) === key ? changed(part, rest, put) : part));
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value).map(([name, part]) => [name, name === key ? changed(part, rest, put) : part]),
  );
}

describe("T-18: what someone types", () => {
  const canary = "kanarek-7316";
  const typed: readonly Json[] = [
    personalMessage(canary),
    personalMessage(`supervision every 2 weeks ${canary}`),
    personalMessage("x", { more: { text: "", attachments: [forward(canary)] } }),
    groupMention(canary),
    channelMention(canary, { from: { id: "29:1x", aad: "x", name: canary } }),
    edited(canary),
  ];

  test("is in the text of its turn alone, which does not print", () => {
    for (const body of typed) {
      const activity = parseActivity(body);
      if (activity?.kind !== "message") throw new Error(`read as ${activity?.kind}`);
      const read = readMessage(activity, 1);
      if (read.kind === "ignored") throw new Error(read.why);
      const { said } = read.turn;
      expect(said.kind === "text" ? reveal(said.text) : "").toContain(canary);
      expect(`${JSON.stringify(read)}${inspect(read, { depth: 9 })}`).not.toContain(canary);
    }
  });

  test("is in no error, whatever else is wrong", () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...typed),
        fc.constantFrom("from", "text", "conversation", "entities"),
        (body, key) => {
          try {
            expectWellFormed({ ...body, [key]: { [canary]: canary } });
          } catch (error) {
            expect(String(error)).not.toContain(canary);
            throw error;
          }
        },
      ),
      { numRuns: 200 },
    );
  });
});

function forward(words: string): Json {
  return {
    contentType: "text/html",
    content: `<blockquote itemtype="http://schema.skype.com/Forward"><p>${words}</p></blockquote>`,
  };
}

describe("T-16: a long text", () => {
  const most = 240_000;
  test.each([
    "<at>",
    "<at id='0'>Bearings</at>",
    "</at>",
    "&amp;",
    "&#",
    "<quoted ",
    '<a title="',
    "<at <",
    "<!--",
    "<script>",
  ])("of nothing but %j is read in time that grows with its length alone", (piece) => {
    const long = piece.repeat(Math.ceil(most / piece.length)).slice(0, most);
    for (const body of [
      channelMention(long),
      personalMessage("x", { more: { text: "", attachments: [forward(long)] } }),
      invoke("composeExtension/fetchTask", {
        commandId: "lookUp",
        messagePayload: { id: "1", body: { contentType: "html", content: long } },
      }),
    ]) {
      const activity = parseActivity(body);
      if (activity?.kind === "message") readMessage(activity, 1);
      expect(activity).not.toBeNull();
    }
  });

  test("of forty thousand characters keeps what is said at its end", () => {
    const activity = parseActivity(personalMessage(`${"so it was ".repeat(4_000)}I want to die`));
    if (activity?.kind !== "message") throw new Error("no message");
    const read = readMessage(activity, 1);
    if (read.kind !== "turn" || read.turn.said.kind !== "text") throw new Error(read.kind);
    expect(reveal(read.turn.said.text).length).toBeGreaterThan(maxCharacters);
    expect(reveal(read.turn.said.text)).toMatch(/I want to die$/);
  });
});
