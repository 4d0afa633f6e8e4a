import { readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { webRoutes } from "#adapters/web/chat.ts";
import type { OpenServer } from "#src/http.ts";
import { maxCharacters, reveal, type Turn } from "#src/turn.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { replies } from "../helpers/replies.ts";
import { scripted } from "../helpers/scripted.ts";
import { openHere, type Sent, send } from "../helpers/server.ts";

const canary = "canary-9d27";
const turns: Turn[] = [];
const reports: string[] = [];
let server: OpenServer;

beforeAll(async () => {
  const knowledge = await openKnowledge();
  const respond = (turn: Turn) => {
    turns.push(turn);
    return scripted(turn);
  };
  const report = (route: string, error: unknown) =>
    reports.push(`${route} ${error instanceof Error ? error.name : ""}`);
  server = await openHere({
    routes: webRoutes({ respond, knowledge: () => knowledge, nowMs: () => 1_700_000_000_000 }),
    report,
  });
});
afterAll(() => server.close());

const json = { "content-type": "application/json" };
const turn = (body: Sent["body"], headers: Sent["headers"] = json) =>
  send(server, "/api/turn", { method: "POST", headers, ...(body !== undefined && { body }) });

describe("the page", () => {
  test("is one file, with its style and its script allowed by hash and nothing else", async () => {
    const { status, headers, text } = await send(server, "/");
    expect(status).toBe(200);
    expect(headers["content-type"]).toBe("text/html; charset=utf-8");
    const policy = String(headers["content-security-policy"]);
    for (const rule of [
      "default-src 'none'",
      "connect-src 'self'",
      "base-uri 'none'",
      "form-action 'none'",
      "frame-ancestors 'none'",
    ])
      expect(policy.split("; ")).toContain(rule);
    expect(policy).toMatch(/script-src 'sha256-[\w+/]{43}='; style-src 'sha256-[\w+/]{43}='/);
    expect(policy).not.toContain("unsafe");
    expect(text.match(/<script/g)).toHaveLength(1);
    const unsafe =
      / style=| on[a-z]+=|innerHTML|insertAdjacentHTML|document\.write|eval\(|sessionStorage|indexedDB|\.cookie|console\.\w/;
    expect(text.match(unsafe)).toBeNull();
    // The key to somebody's reminders, and nothing else.
    expect(text.match(/localStorage[^;]*/g)).toEqual([
      "localStorage.getItem(keyName)",
      "localStorage.setItem(keyName, key)",
      "localStorage.removeItem(keyName)",
    ]);
    expect(text.match(/(?:src|href)="(?!#|data:)/)).toBeNull();
  });

  test("is sent once, until it changes", async () => {
    const { headers } = await send(server, "/");
    const again = await send(server, "/", { headers: { "if-none-match": headers.etag } });
    expect(again).toMatchObject({ status: 304, text: "" });
    expect((await send(server, "/", { headers: { "if-none-match": '"old"' } })).status).toBe(200);
  });

  test("says how much is read to find an answer, and lets more be typed, since danger may be spoken of further down", async () => {
    const { text } = await send(server, "/");
    expect(text).toContain(`const mostCharacters = ${maxCharacters};`);
    expect(text).not.toContain("maxlength");
  });

  test("says nothing with an exclamation mark or an emoji", () => {
    const page = readFileSync(new URL("../../adapters/web/page.html", import.meta.url), "utf8");
    const words = page.replace(/<(style|script)>.*?<\/\1>/gs, "").replace(/<!doctype|<[^>]*>/g, "");
    expect(words).not.toMatch(/!|\p{Extended_Pictographic}/u);
  });
});

describe("a turn", () => {
  test("typed text and pressed buttons reach the assistant, and its reply comes back whole", async () => {
    turns.length = 0;
    expect((await turn('{"text":"crisis"}')).json).toEqual({ reply: replies.crisis, lane: "now" });
    expect((await turn('{"token":"show/supervision"}')).json).toEqual({ reply: replies.answer, lane: "none" });
    const [typed, pressed] = turns;
    expect(typed).toMatchObject({ atMs: 1_700_000_000_000, place: { door: "web", key: "", isPrivate: true } });
    expect(typed?.said.kind === "text" && reveal(typed.said.text)).toBe("crisis");
    expect(pressed?.said).toEqual({ kind: "pressed", token: "show/supervision" });
  });

  test("no two turns can be joined: each has an id and a person of its own", async () => {
    turns.length = 0;
    await Promise.all([turn('{"text":"note"}'), turn('{"text":"note"}')]);
    expect(new Set(turns.flatMap(({ id, person }) => [id, person.id])).size).toBe(4);
    expect(turns.every(({ person }) => person.zone === null)).toBe(true);
  });

  test.each([
    "",
    "{",
    "null",
    "[]",
    '"text"',
    "{}",
    '{"text":1}',
    '{"text":"a","token":"b"}',
    '{"text":"a","more":1}',
    '{"__proto__":"a"}',
    '{"words":"a"}',
  ])("a body of %j is refused", async (body) => {
    turns.length = 0;
    expect((await turn(body)).status).toBe(400);
    expect(turns).toEqual([]);
  });

  test("odd text is text all the same", async () => {
    for (const text of ["", "\0", "\ud800", "<b>", "a".repeat(40_000), "\u202e", "{}"])
      expect((await turn(JSON.stringify({ text }))).status).toBe(200);
  });

  test("another content type is refused, so that no other site's form can send one", async () => {
    for (const type of [
      "text/plain",
      "application/x-www-form-urlencoded",
      "multipart/form-data",
      "application/jsonp",
      "",
    ])
      expect((await turn('{"text":"note"}', { "content-type": type })).status, type).toBe(415);
    expect((await turn('{"text":"note"}', {})).status).toBe(415);
    expect((await turn('{"text":"note"}', { "content-type": "application/json; charset=utf-8" })).status).toBe(200);
  });

  test("a request from another site's page is refused", async () => {
    const host = `127.0.0.1:${server.port}`;
    for (const theirs of [
      { origin: "https://evil.example" },
      { origin: "null" },
      { origin: `http://127.0.0.1:${server.port + 1}` },
      { "sec-fetch-site": "cross-site" },
      { "sec-fetch-site": "same-site", origin: `http://${host}` },
    ])
      expect((await turn('{"text":"note"}', { ...json, host, ...theirs })).status, JSON.stringify(theirs)).toBe(403);
    for (const ours of [{ origin: `http://${host}` }, { "sec-fetch-site": "same-origin" }])
      expect((await turn('{"text":"note"}', { ...json, host, ...ours })).status).toBe(200);
  });

  test("what was sent is never said back by the server, nor told to whoever runs it", async () => {
    const bodies = [
      `{"text":"${canary}"`,
      `{"text":"${canary}","token":"${canary}"}`,
      canary.repeat(8_000),
      '{"text":"fail"}',
    ];
    for (const body of bodies) {
      const { status, text } = await turn(body);
      expect(status).toBeGreaterThanOrEqual(400);
      expect(text).not.toContain(canary);
      expect(text).not.toContain("quotes");
    }
    expect(reports.join("\n")).not.toContain("quotes");
    expect(reports).toContain("POST /api/turn Error");
  });

  test("nothing is set in the browser", async () => {
    const { headers } = await turn('{"text":"note"}');
    expect(headers["set-cookie"]).toBeUndefined();
    expect(headers["cache-control"]).toBe("no-store");
  });
});

describe("a source", () => {
  test("is told with where it stands, our words for it, and its references", async () => {
    const { status, json: source } = await send(server, "/api/source/P17");
    expect(status).toBe(200);
    expect(source).toMatchObject({
      passage: "P17",
      section: "How does this research apply to my work?",
      sentence: 9,
      gist: expect.stringContaining("supervision"),
      authors: ["Iona Myfanwy Newydd", "Sophie North", "Imogen Rushworth"],
      year: 2020,
      url: expect.stringMatching(/^https:\/\/camh\.ca\//),
      apa: expect.stringMatching(/^Newydd, I\. M\., North, S\., & Rushworth, I\. \(2020\)\. /),
      bibtex: expect.stringMatching(/^@techreport\{/),
      ris: expect.stringMatching(/^TY {2}- RPRT\n/),
    });
  });

  test.each(["P99", "p17", "%00", "%ff", "__proto__", "P17%2F"])("there is none named %s", async (id) => {
    expect((await send(server, `/api/source/${id}`)).status).toBe(404);
  });
});

test("the first screen has themes, kinds and questions, each with what pressing it does", async () => {
  const { status, json: start } = await send(server, "/api/start");
  expect(status).toBe(200);
  const row = {
    title: expect.any(String),
    gist: expect.any(String),
    button: { label: expect.any(String), token: expect.any(String) },
  };
  expect(start).toMatchObject({
    themes: expect.arrayContaining([row]),
    kinds: expect.arrayContaining([row]),
    examples: expect.arrayContaining([row.button]),
    sources: [{ year: 2020 }],
    version: expect.stringMatching(/^[0-9a-f]{12}$/),
    counts: { sources: 1, passages: 29, entries: expect.any(Number) },
  });
});
