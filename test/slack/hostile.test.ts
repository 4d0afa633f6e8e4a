/** Signed and wrong, too large, too deep, unknown: everything is answered, nothing is posted, and the door stays open. */
import { request } from "node:http";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import {
  appRateLimited,
  appUninstalled,
  botMessage,
  channelJoin,
  channelMessage,
  directMessage,
  eventEnvelope,
  mention,
  messageChanged,
  messageDeleted,
  tokensRevoked,
} from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { hostileEnvelope } from "../helpers/slack/hostile.ts";
import { pressOnMessage, slashCommand } from "../helpers/slack/interactions.ts";
import { deliverTo, type Signed, signedBody, signedEvent } from "../helpers/slack/signed.ts";
import type { Json } from "../helpers/slack/team.ts";

let fake: FakeSlack;
let door: OpenDoor;
let url: string;
const uncaught: unknown[] = [];
const note = (error: unknown) => uncaught.push(error);
beforeAll(async () => {
  process.on("uncaughtException", note).on("unhandledRejection", note);
  fake = await openFakeSlack();
  door = await openDoor(fake);
  url = `${door.server.url}slack/events`;
});
beforeEach(() => fake.clear());
afterEach(() => expect(uncaught).toEqual([]));
afterAll(async () => {
  process.off("uncaughtException", note).off("unhandledRejection", note);
  await door.close();
  await fake.close();
});

let count = 0;
const nextTs = () => `1700000300.${String(++count).padStart(6, "0")}`;

/** That an ordinary question still gets its answer. What came before may still be at work elsewhere. */
async function expectAlive(): Promise<void> {
  const ts = nextTs();
  await door.event(eventEnvelope(directMessage({ text: "who may supervise this work", ts })));
  expect(fake.posted().filter(({ thread }) => thread === ts)).toHaveLength(1);
}

describe("T-03: a body", () => {
  const most = 256 * 1024;
  const padded = (bytes: number): Signed => {
    const start = JSON.stringify({ ...eventEnvelope(channelJoin()), padding: "" }).slice(0, -2);
    return signedBody(`${start}${"x".repeat(bytes - start.length - 2)}"}`, "application/json");
  };

  test.each([
    [most, 200],
    [most + 1, 413],
    [4 * most, 413],
  ])("F5: of %i bytes is answered with %i", async (bytes, status) => {
    expect((await deliverTo(url, padded(bytes))).status).toBe(status);
  });

  test("F5: that does not say how long it is, is read to the same length", async () => {
    for (const [bytes, status] of [
      [most, 200],
      [most + 1, 413],
    ] as const)
      expect(await inChunks(padded(bytes))).toBe(status);
  });

  test.each([
    ["lists", "[", "]"],
    ["objects", '{"event":', "}"],
  ])("F5: of %s in one another, as deep as fits, is answered", async (_what, open, close) => {
    const depth = Math.floor((most - 2_000) / (open.length + close.length));
    const deep = `${open.repeat(depth)}${open.endsWith(":") ? "1" : ""}${close.repeat(depth)}`;
    const message = JSON.stringify(eventEnvelope(directMessage({ text: "x", ts: nextTs() })));
    const bodies = [
      deep,
      `{"type":"event_callback","team_id":"T01TEST","event":${deep}}`,
      `{"type":"block_actions","actions":${deep}}`,
      `${message.slice(0, -1)},"more":${deep}}`,
      message.replace('"blocks":[', `"blocks":[${deep},`),
    ];
    for (const body of bodies) {
      const { status } = await deliverTo(url, signedBody(body, "application/json"));
      expect([200, 400, 404]).toContain(status);
    }
    await expectAlive();
  });
});

/** Sends it without a length. */
function inChunks({ headers, body }: Signed): Promise<number | undefined> {
  return new Promise((resolve, reject) => {
    const sent = request(url, { method: "POST", headers: { ...headers, "transfer-encoding": "chunked" } }, (answer) => {
      answer.resume();
      resolve(answer.statusCode);
    });
    sent.on("error", reject);
    for (let at = 0; at < body.length; at += 10_000) sent.write(body.slice(at, at + 10_000));
    sent.end();
  });
}

describe("T-04, F5: a body that is signed and wrong", () => {
  test("is answered, three thousand times, and the door stays open", async () => {
    await fc.assert(
      fc.asyncProperty(hostileEnvelope, fc.boolean(), async (envelope, isForm) => {
        const json = JSON.stringify(envelope) ?? "null";
        const request = isForm
          ? signedBody(new URLSearchParams({ payload: json }).toString(), "application/x-www-form-urlencoded")
          : signedBody(json, "application/json");
        const { status } = await deliverTo(url, request);
        expect([200, 400, 404, 413]).toContain(status);
      }),
      { numRuns: 3_000 },
    );
    await expectAlive();
  });

  test("in a part that Bolt alone reads is refused, and not brought again", async () => {
    const odd = { channel: null, is_enterprise_install: "?" };
    const { status } = await door.interaction(pressOnMessage({ actionId: "press.0" }, {}, { more: odd }));
    expect(status).toBe(404);
    expect(door.logged()).toContain('"event":"slack.unanswered","name":"TypeError"');
  });

  test.each(["payload=", "payload=null", "payload=[]", "payload=%7B", "payload=x&payload=y", "command=", "&&&=", "%"])(
    "as the form %s is refused",
    async (text) => {
      const { status } = await deliverTo(url, signedBody(text, "application/x-www-form-urlencoded"));
      expect(status).toBe(400);
    },
  );
});

describe("F7: what is not for us is acknowledged, and nobody hears of it:", () => {
  const question = "who may supervise this work";
  const silent: readonly (readonly [string, Json])[] = [
    ["that Slack held events back", appRateLimited()],
    ["an event of a new kind", eventEnvelope({ type: "brand_new_event", user: "U01ALICE", text: question })],
    ["a message of a new kind", eventEnvelope(directMessage({ text: question, more: { subtype: "brand_new" } }))],
    ["someone's arrival", eventEnvelope(channelJoin())],
    ["another bot", eventEnvelope(botMessage({ text: question }))],
    ["a message that nobody wrote", eventEnvelope(mention({ text: `<@U0BOT> ${question}`, more: { user: null } }))],
    ["ourselves", eventEnvelope(directMessage({ text: question, user: "U0BOT" }))],
    ["a message that does not name us", eventEnvelope(channelMessage({ text: question }))],
    ["a person's token that was revoked", eventEnvelope(tokensRevoked({ bot: [], oauth: ["U01ALICE"] }))],
    ["another workspace", eventEnvelope(directMessage({ text: question }), { team: "T09OTHER" })],
    ["a deletion", eventEnvelope(messageDeleted({ text: question }))],
    ["an edit", eventEnvelope(messageChanged({ text: question, before: "hello" }))],
    ["a shortcut of another app", { type: "shortcut", callback_id: "x" }],
  ];

  test.each(silent)("%s", async (_what, body) => {
    const { status, text } = await door.event(body);
    expect({ status, text }).toEqual({ status: 200, text: "" });
    expect(fake.calls()).toEqual([]);
  });

  test("F6: an edit that arrives before its message, and a deletion after it", async () => {
    const before = fake.posted().length;
    const ts = nextTs();
    await door.event(eventEnvelope(messageChanged({ text: question, before: "hello", ts, editedTs: nextTs() })));
    await door.event(eventEnvelope(directMessage({ text: "hello", ts })));
    await door.event(eventEnvelope(messageDeleted({ text: question, ts })));
    expect(fake.posted().slice(before)).toMatchObject([{ thread: ts }]);
  });

  test("a button of an older version", async () => {
    const { status } = await door.interaction(pressOnMessage({ actionId: "long-gone", value: "x" }));
    expect(status).toBe(200);
    expect(fake.calls()).toEqual([]);
  });
});

describe("F8: the app is gone from the workspace:", () => {
  test.each([
    ["it was removed", appUninstalled()],
    ["our token was revoked", tokensRevoked()],
  ])("%s", async (_what, event) => {
    const own = await openDoor(fake);
    expect((await own.event(eventEnvelope(event))).status).toBe(200);
    expect(own.said()).toContain("The app was removed from the workspace, or its token was revoked.");
    await own.close();
  });

  test("a workspace that it was never in gets no answer to a command", async () => {
    const { status } = await door.command(slashCommand("/bearings", "themes", { team: "T09OTHER" }));
    expect(status).toBe(404);
  });

  test("a token that is refused from one moment to the next ends nothing else", async () => {
    fake.fail({ method: "*", kind: "refused", error: "token_revoked" });
    expect(
      (await deliverTo(url, signedEvent(eventEnvelope(directMessage({ text: "hello", ts: nextTs() }))))).status,
    ).toBe(200);
    expect(door.logged()).toContain("token_revoked");
    await expectAlive();
  });
});
