import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { webRoutes } from "#adapters/web/chat.ts";
import type { OpenServer } from "#src/http.ts";
import { reveal } from "#src/turn.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { type FakeReminders, openFakeReminders, wishing } from "../helpers/fake-reminders.ts";
import { openHere, send } from "../helpers/server.ts";

const key = "k".repeat(43);
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

describe("guards", () => {
  const good = {
    "/api/turn": { text: "remind me", ...person },
    "/api/due": { person: key },
    "/api/arrived": { person: key, id: "o1", fence: 1 },
    "/api/forget": { person: key },
  };
  const paths = Object.entries(good);

  test.each(paths)("%s takes JSON from our own page alone", async (path, value) => {
    expect((await post(path, value)).status).toBe(200);
    expect((await post(path, value, { "content-type": "text/plain" })).status).toBe(415);
    for (const theirs of [{ origin: "https://evil.example" }, { "sec-fetch-site": "cross-site" }])
      expect((await post(path, value, { ...json, ...theirs })).status).toBe(403);
    expect((await send(server, path)).status).toBe(405);
  });

  test.each(paths)(
    "%s refuses a part too many, a key of another shape, and more than it reads",
    async (path, value) => {
      for (const odd of ["", "{", "null", "[]", "{}x", JSON.stringify([value])])
        expect((await post(path, odd)).status, odd).toBe(400);
      const keys = ["", "k", key.slice(1), `${key}k`, `${key.slice(1)}=`, `${key.slice(1)}\n`, 7, null, [key], { key }];
      for (const wrong of keys)
        expect((await post(path, { ...value, person: wrong })).status, JSON.stringify(wrong)).toBe(400);
      expect((await post(path, { ...value, more: 1 })).status).toBe(400);
      expect((await post(path, `{"__proto__":{"person":"${key}"}}`)).status).toBe(400);
      const tooMuch = "x".repeat(path === "/api/turn" ? 512 * 1_024 : 1_024);
      expect((await post(path, { ...value, person: tooMuch })).status).toBe(413);
    },
  );

  test("who sends a wish names its turn, and nothing stands alone", async () => {
    const { person: _, ...unnamed } = good["/api/turn"];
    for (const odd of [
      unnamed,
      { text: "remind me", person: key },
      { text: "remind me", zone: "UTC" },
      { ...good["/api/turn"], turn: "short" },
      { ...good["/api/turn"], zone: 1 },
      { ...good["/api/turn"], zone: "x".repeat(65) },
    ])
      expect((await post("/api/turn", odd)).status, JSON.stringify(odd)).toBe(400);
    expect(fake.settled).toEqual([]);
  });

  test("a form is a token with fields of text", async () => {
    const many = Object.fromEntries(Array.from({ length: 21 }, (_, at) => [`f${at}`, ""]));
    for (const odd of [
      { fields: { a: "b" } },
      { text: "a", fields: {} },
      { token: "r/x", fields: "a" },
      { token: "r/x", fields: ["a"] },
      { token: "r/x", fields: null },
      { token: "r/x", fields: { a: 1 } },
      { token: "r/x", fields: { "": "a" } },
      { token: "r/x", fields: { "a b": "a" } },
      { token: "r/x", fields: many },
    ])
      expect((await post("/api/turn", odd)).status, JSON.stringify(odd)).toBe(400);
    expect((await post("/api/turn", '{"token":"r/x","fields":{"__proto__":"a"}}')).status).toBe(400);
  });

  test("an arrival is an id and a number", async () => {
    for (const odd of [
      { id: "" },
      { id: "a b" },
      { id: "x".repeat(23) },
      { id: 1 },
      { fence: "1" },
      { fence: -1 },
      { fence: 1.5 },
      { fence: 2 ** 60 },
    ])
      expect((await post("/api/arrived", { ...good["/api/arrived"], ...odd })).status, JSON.stringify(odd)).toBe(400);
    expect(fake.arrived).toEqual([]);
  });

  test("what is typed into a form prints as [text] wherever it goes", async () => {
    await post("/api/turn", { token: "r/filled/new", fields: { about: "canary" }, ...person });
    const said = fake.settled[0]?.turn.said;
    expect(JSON.stringify(said)).not.toContain("canary");
    expect(said?.kind === "filled" && said.fields.about && reveal(said.fields.about)).toBe("canary");
  });
});
