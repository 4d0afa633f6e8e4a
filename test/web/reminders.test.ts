import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { webRoutes } from "#adapters/web/chat.ts";
import { BearingsError } from "#src/errors.ts";
import type { OpenServer } from "#src/http.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { dueReply, type FakeReminders, openFakeReminders, wishing } from "../helpers/fake-reminders.ts";
import { replies } from "../helpers/replies.ts";
import { openHere, send } from "../helpers/server.ts";

const key = "k".repeat(43);
const hash = createHash("sha256").update(key).digest("base64url");
const person = { person: key, turn: "t".repeat(22), zone: "Europe/Berlin" };
const json = { "content-type": "application/json" };

let server: OpenServer;
let fake: FakeReminders;
const reports: string[] = [];

beforeAll(async () => {
  const knowledge = await openKnowledge();
  // Each test has a fake of its own behind the one server.
  const reminders = {
    settle: (...all: Parameters<FakeReminders["settle"]>) => fake.settle(...all),
    pull: () => fake.pull(),
    forget: (whose: string) => fake.forget(whose),
  };
  server = await openHere({
    routes: webRoutes({ respond: wishing, knowledge: () => knowledge, nowMs: () => 1_700_000_000_000, reminders }),
    report: (route) => reports.push(route),
  });
});
beforeEach(() => {
  fake = openFakeReminders();
  reports.length = 0;
});
afterAll(() => server.close());

const post = (path: string, value: unknown, headers: Readonly<Record<string, string>> = json) =>
  send(server, path, { method: "POST", headers, body: typeof value === "string" ? value : JSON.stringify(value) });

describe("a wish", () => {
  test("of nobody is not done: the page is asked who it is", async () => {
    for (const said of [{ text: "remind me" }, { token: "r/list" }, { token: "r/filled/new", fields: { about: "x" } }])
      expect((await post("/api/turn", said)).json).toEqual({ needs: "person" });
    expect(fake.settled).toEqual([]);
  });

  test("of somebody is done under the hash of their key, in the zone of their browser", async () => {
    const { json: answered } = await post("/api/turn", { text: "remind me", ...person });
    expect(answered).toMatchObject({ reply: { say: "Set in Europe/Berlin." }, lane: "none" });
    const [{ turn, direct } = { turn: null, direct: null }] = fake.settled;
    const place = { door: "web", key: hash, isPrivate: true };
    expect(direct).toEqual(place);
    expect(turn).toMatchObject({
      place,
      atMs: 1_700_000_000_000,
      person: { id: `web:${hash}`, zone: { name: "Europe/Berlin", from: "computer" } },
    });
    expect(JSON.stringify(fake.settled)).not.toContain(key);
  });

  test("keeps its name through every try, and shares it with nobody else's", async () => {
    await post("/api/turn", { text: "remind me", ...person });
    await post("/api/turn", { text: "remind me", ...person });
    await post("/api/turn", { text: "remind me", ...person, person: "o".repeat(43) });
    await post("/api/turn", { text: "remind me", ...person, turn: "u".repeat(22) });
    const [first, again, other, later] = fake.settled.map(({ turn }) => turn.id);
    expect(again).toBe(first);
    expect(new Set([first, other, later]).size).toBe(3);
  });

  test.each(["+02:00", "EST", "Etc/GMT-2", "Nowhere/Else", "../../etc", "", "Europe/Berlin\n"])(
    "takes %j for no zone",
    async (zone) => {
      expect((await post("/api/turn", { text: "remind me", ...person, zone })).status).toBe(200);
      expect(fake.settled[0]?.turn.person.zone).toBeNull();
    },
  );

  test("can be a form that was filled in", async () => {
    const fields = { every: "fortnight", day: "2026-10-06", about: "" };
    const { json: answered } = await post("/api/turn", { token: "r/filled/new", fields, ...person });
    expect(answered).toMatchObject({ reply: { say: "Filled in: every=fortnight; day=2026-10-06; about=." } });
  });

  test("that speaks of danger is answered at once, and nothing of it is done", async () => {
    const fields = { about: "crisis" };
    const { json: answered } = await post("/api/turn", { token: "r/filled/new", fields, ...person });
    expect(answered).toEqual({ reply: replies.crisis, lane: "now" });
    expect(fake.settled).toEqual([]);
  });
});

describe("a question", () => {
  test("is never joined to a key, even where one was sent", async () => {
    const { json: answered } = await post("/api/turn", { text: "answer", ...person });
    expect(answered).toMatchObject({ reply: { kind: "answer" } });
    const [{ turn, direct } = { turn: null, direct: null }] = fake.settled;
    expect(JSON.stringify([turn, direct])).not.toContain(hash);
    expect(turn?.person.id).not.toMatch(/^web:/);
    expect(direct?.key).toBe("");
  });

  test("gets an answer that can be saved for supervision", async () => {
    const { json: answered } = await post("/api/turn", { text: "answer" });
    expect(JSON.stringify(answered)).toContain("Save for supervision");
  });

  test("of danger waits for nothing that is kept", async () => {
    expect((await post("/api/turn", { text: "crisis", ...person })).json).toEqual({
      reply: replies.crisis,
      lane: "now",
    });
    expect(fake.settled).toEqual([]);
  });
});

describe("what is due", () => {
  test("comes to the one it is for, until they say that it has arrived", async () => {
    fake.bring("o1", dueReply, hash);
    expect((await post("/api/due", { person: "o".repeat(43) })).json).toEqual({ due: null });
    const first = await post("/api/due", { person: key });
    expect(first.json).toEqual({ due: { id: "o1", fence: 2, reply: dueReply } });
    expect((await post("/api/arrived", { person: key, id: "o1", fence: 2 })).json).toEqual({});
    expect((await post("/api/due", { person: key })).json).toEqual({ due: null });
  });

  test("somebody else cannot say that it has arrived", async () => {
    fake.bring("o1", dueReply, hash);
    await post("/api/due", { person: key });
    expect((await post("/api/arrived", { person: "o".repeat(43), id: "o1", fence: 1 })).json).toEqual({});
    expect((await post("/api/due", { person: key })).json).toMatchObject({ due: { id: "o1" } });
  });

  test("all that is kept of a person is erased when they ask for it", async () => {
    expect((await post("/api/forget", { person: key })).json).toEqual({ erased: 3 });
    expect(fake.forgotten).toEqual([`web:${hash}`]);
  });

  const away = Object.assign(new Error("quotes"), { code: "ECONNREFUSED" });
  test.each([away, new BearingsError("storage", "quotes", "quotes")])(
    "is refused in plain words while the database is away (%#)",
    async (error) => {
      fake.breakWith(error);
      for (const [path, value] of [
        ["/api/due", { person: key }],
        ["/api/arrived", { person: key, id: "o1", fence: 1 }],
        ["/api/forget", { person: key }],
      ] as const) {
        const { status, text } = await post(path, value);
        expect(status, path).toBe(503);
        expect(text).not.toContain("quotes");
      }
      expect(reports).toEqual([]);
    },
  );

  test("a defect is told to whoever runs it, and is not taken for trouble of the database", async () => {
    fake.breakWith(new TypeError("quotes"));
    expect((await post("/api/due", { person: key })).status).toBe(500);
    expect(reports).toEqual(["POST /api/due"]);
  });
});

test("without reminders, a wish gets the assistant's own words, and the addresses are not there", async () => {
  const knowledge = await openKnowledge();
  const bare = await openHere({ routes: webRoutes({ respond: wishing, knowledge: () => knowledge, nowMs: Date.now }) });
  const body = JSON.stringify({ text: "remind me" });
  const { json: answered } = await send(bare, "/api/turn", { method: "POST", headers: json, body });
  expect(answered).toMatchObject({ reply: { why: "reminder" } });
  const due = await send(bare, "/api/due", { method: "POST", headers: json, body: JSON.stringify({ person: key }) });
  expect(due.status).toBe(404);
  await bare.close();
});
