import fc from "fast-check";
import { afterEach, describe, expect, test } from "vitest";
import type { Answered as Reply } from "#adapters/teams/door.ts";
import { type Answered, send } from "../helpers/server.ts";
import { until } from "../helpers/slack/until.ts";
import { type Json, personalMessage, searched, us } from "../helpers/teams/activities.ts";
import { type Endpoint, openEndpoint } from "./endpoint.ts";

let endpoint: Endpoint;
afterEach(() => endpoint.close());

/** A right message, with these parts in place of its own. */
const from = (more: Json = {}): Json =>
  personalMessage("who may supervise", { serviceUrl: endpoint.microsoft.serviceUrl, more });

describe("what comes in", () => {
  test("a right message is taken, and answered with nothing", async () => {
    endpoint = await openEndpoint();
    expect(await endpoint.say(from())).toMatchObject({ status: 200, text: "" });
    expect(endpoint.received).toMatchObject([{ kind: "message", text: "who may supervise" }]);
  });

  test("an invoke is answered with the body that it waits for", async () => {
    endpoint = await openEndpoint();
    endpoint.behind.reply = async () => ({ status: 200, body: { composeExtension: { type: "result" } } });
    const answered = await endpoint.say(searched("supervision", { serviceUrl: endpoint.microsoft.serviceUrl }));
    expect(answered).toMatchObject({ status: 200, json: { composeExtension: { type: "result" } } });
    expect(answered.headers["content-type"]).toBe("application/json; charset=utf-8");
    endpoint.behind.reply = async () => ({ status: 501 });
    expect(await endpoint.say(from())).toMatchObject({ status: 501, text: "" });
  });

  test("it comes under any name, since a tunnel has its own", async () => {
    endpoint = await openEndpoint();
    expect(await endpoint.say(from(), { headers: { host: "bearings.example" } })).toMatchObject({ status: 200 });
  });
});

describe("what is refused, with a status and not a word", () => {
  const wide = JSON.stringify({ text: "x".repeat(300_000) });
  test.each<[string, number, () => Promise<Answered>]>([
    ["more than 256 KB in pieces", 413, () => endpoint.post(wide, { headers: { "transfer-encoding": "chunked" } })],
    [
      "bytes that are no UTF-8, in a message that is right",
      400,
      () => endpoint.post(Buffer.from(JSON.stringify(from()).replace("who may", "\u00ff"), "latin1")),
    ],
    ["no JSON", 400, () => endpoint.post("{")],
    ["nothing", 400, () => endpoint.post("")],
    ["a list", 400, () => endpoint.post("[]")],
    ["null", 400, () => endpoint.post("null")],
    ["an object without anything", 400, () => endpoint.post("{}")],
    ["no service address", 400, () => endpoint.say(from({ serviceUrl: undefined }))],
    ["a service address that is a number", 400, () => endpoint.say(from({ serviceUrl: 1 }))],
    ["no channel", 400, () => endpoint.say(from({ channelId: undefined }))],
    ["two organisations", 400, () => endpoint.say(from({ channelData: { tenant: { id: "another" } } }))],
    ["no token", 401, () => endpoint.say(from(), { token: null })],
    ["a token that is none", 401, () => endpoint.say(from(), { token: "a.b.c" })],
    [
      "a token for another app",
      401,
      () => endpoint.say(from(), { token: endpoint.microsoft.tokenFor({ aud: "another" }) }),
    ],
    ["another channel", 401, () => endpoint.say(from({ channelId: "slack" }))],
    [
      "another service address than the token's",
      401,
      () => endpoint.say(from({ serviceUrl: endpoint.microsoft.otherServiceUrl })),
    ],
    [
      "another organisation",
      403,
      () => endpoint.say(personalMessage("x", { serviceUrl: endpoint.microsoft.serviceUrl, tenant: "another" })),
    ],
    [
      "no organisation",
      403,
      () => endpoint.say(from({ conversation: { id: "a:1", conversationType: "personal" }, channelData: {} })),
    ],
    ["a message without a sender", 400, () => endpoint.say(from({ from: undefined }))],
    [
      "a message whose conversation is a word",
      400,
      () => endpoint.say(from({ conversation: "a:1", channelData: { tenant: { id: us.tenant } } })),
    ],
    ["no type", 400, () => endpoint.say(from({ type: undefined }))],
  ])("%s", async (_, status, ask) => {
    endpoint = await openEndpoint();
    expect(await ask()).toMatchObject({ status, text: "" });
    expect([endpoint.received, endpoint.reported, endpoint.logged]).toEqual([[], [], []]);
  });

  test("T-09: a service address that is signed and not Microsoft's is 403", async () => {
    endpoint = await openEndpoint();
    const serviceUrl = "https://evil.example/";
    const token = endpoint.microsoft.tokenFor({ serviceurl: serviceUrl });
    expect(await endpoint.say(from({ serviceUrl }), { token })).toMatchObject({ status: 403, text: "" });
    expect(endpoint.received).toEqual([]);
  });

  test("F28: while Microsoft's keys cannot be had it is 503, and right again afterwards", async () => {
    let nowMs = Date.now();
    endpoint = await openEndpoint({}, () => nowMs);
    endpoint.microsoft.fail({ what: "openid", kind: "status", status: 500 });
    expect(await endpoint.say(from())).toMatchObject({ status: 503, text: "" });
    expect(await endpoint.say(from(), { token: null })).toMatchObject({ status: 401 });
    nowMs += 10_000;
    expect(await endpoint.say(from())).toMatchObject({ status: 200 });
    expect(endpoint.logged.join()).not.toMatch(/127\.0\.0\.1|well-known/);
  });

  test("another method is none of ours", async () => {
    endpoint = await openEndpoint();
    for (const method of ["GET", "PUT", "DELETE"])
      expect((await send(endpoint.server, "/api/messages", { method })).status).toBe(405);
  });

  test("whatever bytes arrive, they are answered", async () => {
    endpoint = await openEndpoint();
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 200 }),
      fc.json().map((text) => Buffer.from(text)),
      fc.dictionary(fc.constantFrom("serviceUrl", "channelId", "type", "__proto__"), fc.anything()).map((value) => {
        return Buffer.from(JSON.stringify(value, (_, part) => (typeof part === "bigint" ? String(part) : part)) ?? "");
      }),
    );
    await fc.assert(
      fc.asyncProperty(bytes, async (body) => {
        expect([400, 401]).toContain((await endpoint.post(body)).status);
      }),
      { numRuns: 100 },
    );
    expect([endpoint.received, endpoint.reported]).toEqual([[], []]);
  });
});

describe("what goes wrong inside", () => {
  const failure = () => Object.assign(new Error("who may supervise"), { name: "Broken", code: "broken" });

  test.each([
    ["a message", from],
    ["an invoke", () => searched("x", { serviceUrl: endpoint.microsoft.serviceUrl })],
  ])("%s is 500, so that Teams may send it again, and only names are told", async (_, make) => {
    endpoint = await openEndpoint();
    endpoint.behind.reply = () => Promise.reject(failure());
    const { status, text } = await endpoint.say(make());
    expect(status).toBe(500);
    expect(text).not.toMatch(/supervise|Broken|broken/);
    expect(endpoint.logged.map((line) => JSON.parse(line))).toMatchObject([
      { event: "teams.failed", name: "Broken", code: "broken" },
    ]);
    expect(endpoint.logged.join()).not.toContain("supervise");
    expect(endpoint.reported[0]).toBe("POST /api/messages");
  });

  test("nobody waits without end: a message is taken, an invoke is too late", async () => {
    endpoint = await openEndpoint({ patienceMs: 40 });
    endpoint.behind.reply = () => new Promise(() => {});
    expect(await endpoint.say(from())).toMatchObject({ status: 200, text: "" });
    expect(await endpoint.say(searched("x", { serviceUrl: endpoint.microsoft.serviceUrl }))).toMatchObject({
      status: 504,
      text: "",
    });
    expect(endpoint.logged.map((line) => JSON.parse(line).event)).toEqual(["teams.late", "teams.late"]);
  });

  test("what fails after its time is logged and breaks nothing", async () => {
    endpoint = await openEndpoint({ patienceMs: 20 });
    const { promise, reject } = Promise.withResolvers<Reply>();
    endpoint.behind.reply = () => promise;
    expect(await endpoint.say(from())).toMatchObject({ status: 200 });
    reject(failure());
    await until("it is logged", () => endpoint.logged.join().includes("teams.failed"));
    expect(endpoint.reported).toEqual([]);
  });
});
