/** Where an answer goes when Slack will not have it where it belongs, and in what form when it will not have it as it is. */
import { once } from "node:events";
import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openCall } from "#adapters/slack/api.ts";
import { respondAt, responseUrls } from "#adapters/slack/response-url.ts";
import { words } from "#adapters/slack/words.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope, mention } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { messageAction } from "../helpers/slack/interactions.ts";
import { alice, botToken, channels } from "../helpers/slack/team.ts";

let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake);
});
afterEach(() => fake.clear());
afterAll(async () => {
  await door.close();
  await fake.close();
});

let count = 0;
const nextTs = () => `1700000700.${String(++count).padStart(6, "0")}`;
const since = (before: number) => fake.posted().slice(before);
const question = "who may supervise this work";
const danger = "I am going to kill myself tonight";
const dm = (text = question) => eventEnvelope(directMessage({ text, ts: nextTs() }));
const inChannel = (text = question) => eventEnvelope(mention({ text: `<@U0BOT> ${text}`, ts: nextTs() }));

describe("F21: a channel that refuses", () => {
  test.each(["channel_not_found", "is_archived", "not_in_channel", "restricted_action"])(
    "with %s: the answer goes to the person in private, once",
    async (error) => {
      const before = fake.posted().length;
      fake.fail({ method: "chat.postMessage", kind: "refused", error });
      expect((await door.event(inChannel())).status).toBe(200);
      expect(since(before)).toMatchObject([{ channel: channels.dm, to: null }]);
      expect(since(before)[0]?.text).toContain(words.couldNotPost);
    },
  );

  test("in private as well: it is let go, and the log says why", async () => {
    const before = fake.posted().length;
    fake.fail({ method: "chat.postMessage", kind: "refused", error: "not_in_channel" });
    fake.fail({ method: "conversations.open", kind: "refused", error: "user_not_visible" });
    expect((await door.event(inChannel())).status).toBe(200);
    expect(since(before)).toEqual([]);
    expect(door.logged()).toContain('"code":"user_not_visible"');
  });
});

describe("F22: a message that Slack finds too long or wrong", () => {
  test.each(["msg_too_long", "msg_blocks_too_long", "invalid_blocks", "invalid_blocks_format"])(
    "(%s) is sent as words alone, with its sources",
    async (error) => {
      const before = fake.posted().length;
      fake.fail({ method: "chat.postMessage", kind: "refused", error });
      await door.event(dm());
      const [answer, ...more] = since(before);
      expect(more).toEqual([]);
      expect(answer?.blocks).toEqual([]);
      expect(answer?.text).toMatch(/Newydd, North and Rushworth \(2020\).*https:\/\//s);
    },
  );

  test("about danger keeps its contacts", async () => {
    const before = fake.posted().length;
    fake.fail({ method: "chat.postMessage", kind: "refused", error: "invalid_blocks" });
    await door.event(dm(danger));
    expect(since(before)[0]?.text).toContain("911");
  });
});

describe("Look this up", () => {
  const lookUp = (text: string) => messageAction("look-up", { text, channel: channels.random });
  test.each([question, danger])(
    "where neither its address nor the channel takes the answer goes by direct message: %s",
    async (text) => {
      const before = fake.posted().length;
      await door.interaction(lookUp(text));
      await expect.poll(() => since(before)).toMatchObject([{ channel: channels.dm, to: null }]);
    },
  );

  test("stays in the thread of the message, by name as by its address", async () => {
    const before = fake.posted().length;
    await door.interaction(messageAction("look-up", { text: question, threadTs: "1700000000.000100" }));
    await expect.poll(() => since(before)).toMatchObject([{ to: alice.id, thread: "1700000000.000100" }]);
  });
});

describe("a cry for help in a channel", () => {
  test.each([
    ["an error", { kind: "refused", error: "user_not_in_channel" }],
    ["a limit of a day", { kind: "limited", retryAfter: "86400" }],
    ["answers that are lost", { kind: "reset", times: 2 }],
  ] as const)(
    "that cannot be answered there for %s is answered by direct message, and never before all",
    async (_what, fault) => {
      const before = fake.posted().length;
      fake.fail({ method: "chat.postEphemeral", ...fault });
      expect((await door.event(inChannel(danger))).status).toBe(200);
      expect(since(before)).toMatchObject([{ channel: channels.dm, to: null }]);
      expect(since(before)[0]?.text).toContain("911");
      expect(since(before)[0]?.text).not.toContain(words.couldNotPost);
    },
  );
});

/** A server that is not Slack, and what reached it. */
async function openElsewhere(
  answer: (response: ServerResponse) => void = (response) => void response.end('{"ok":true}'),
) {
  const reached: unknown[] = [];
  const server = createServer((request, response) => {
    reached.push(request.headers.authorization);
    answer(response);
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return { reached, url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`, close: () => server.close() };
}

test.each([301, 302, 307, 308])(
  "T-09: a redirection (%i) of a call to Slack is not followed, and no token goes with it",
  async (status) => {
    const elsewhere = await openElsewhere();
    const here = await openElsewhere((response) => void response.writeHead(status, { location: elsewhere.url }).end());
    const call = openCall(botToken, { apiUrl: here.url, log: () => {} });
    expect(await call("chat.postMessage", { channel: "C1", text: "x" })).toEqual({ kind: "unknown" });
    expect(here.reached).toEqual([`Bearer ${botToken}`]);
    expect(elsewhere.reached).toEqual([]);
    here.close();
    elsewhere.close();
  },
);

test("T-10: an address that is not Slack's is not called, nor one that such an address leads to", async () => {
  const elsewhere = await openElsewhere();
  const said = { drawn: { text: "x", blocks: [] }, thread: null };
  expect(await respondAt(elsewhere.url, said, { isResponseUrl: responseUrls("https://slack.com/api/") })).toBe(false);
  const here = await openElsewhere((response) => void response.writeHead(307, { location: elsewhere.url }).end());
  expect(await respondAt(here.url, said, { isResponseUrl: responseUrls("http://127.0.0.1:1/api/") })).toBe(false);
  expect(here.reached).toHaveLength(1);
  expect(elsewhere.reached).toEqual([]);
  here.close();
  elsewhere.close();
});
