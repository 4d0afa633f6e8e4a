/** What comes of a call to Slack that goes wrong, and what then becomes of the message. */
import { describe, expect, test } from "vitest";
import { type Called, openCall } from "#adapters/slack/api.ts";
import { type Post, post } from "#adapters/slack/post.ts";
import { words } from "#adapters/slack/words.ts";
import { createPace } from "#src/pace.ts";
import { openFakeSlack } from "../helpers/slack/fake-slack.ts";
import type { Fault } from "../helpers/slack/faults.ts";
import { botToken, channels } from "../helpers/slack/team.ts";

/** A fake Slack with a call to it, and a clock that only waiting moves. */
async function open({ timeoutMs }: { readonly timeoutMs?: number } = {}) {
  const fake = await openFakeSlack();
  const logged: unknown[] = [];
  const log = (line: unknown) => void logged.push(line);
  const call = openCall(botToken, { apiUrl: fake.apiUrl, log, ...(timeoutMs === undefined ? {} : { timeoutMs }) });
  let nowMs = 1_700_000_000_000;
  const waited: number[] = [];
  const sleep = async (ms: number) => {
    waited.push(ms);
    nowMs += ms;
  };
  const pace = createPace({ gapMs: 1_000, nowMs: () => nowMs, sleep });
  const send = (message: Partial<Post>) =>
    post({ ...inChannel, ...message }, { call, pace, sleep, nowMs: () => nowMs });
  return { fake, call, send, waited, logged, close: () => fake.close() };
}

const blocks = [{ type: "section" as const, text: { type: "mrkdwn" as const, text: "an answer" } }];
const inChannel: Post = {
  channel: channels.general,
  thread: "1700000000.000100",
  to: null,
  drawn: { text: "an answer\n\nhttps://doi.example/1", blocks },
  mark: "mark-1",
  isDirect: false,
  isUrgent: false,
};
const inDirect = { channel: channels.dm, isDirect: true };

/** What comes of one call that this fault strikes. */
async function calledWith(fault: Fault, timeoutMs?: number): Promise<{ called: Called; calls: number }> {
  const { fake, call, close } = await open(timeoutMs === undefined ? {} : { timeoutMs });
  fake.fail({ method: "chat.postMessage", ...fault });
  const called = await call("chat.postMessage", { channel: channels.general, text: "x" });
  const calls = fake.calls().length;
  await close();
  return { called, calls };
}

describe("F16: when Slack says to wait", () => {
  test.each<[string | null, number]>([
    ["1", 1_000],
    ["30", 30_000],
    ["0", 1_000],
    ["-1", 1_000],
    ["1.5", 2_000],
    [null, 30_000],
    ["", 30_000],
    ["abc", 30_000],
    ["86400", 900_000],
    ["999999999999", 30_000],
    ["Thu, 01 Jan 1970 00:00:00 GMT", 1_000],
    ["Fri, 01 Jan 2100 00:00:00 GMT", 900_000],
  ])("for %j, it is %i ms, and nothing is tried again by itself", async (retryAfter, afterMs) => {
    const { called, calls } = await calledWith({ kind: "limited", retryAfter });
    expect({ called, calls }).toEqual({ called: { kind: "limited", afterMs }, calls: 1 });
  });

  test("in words, without the status, it is half a minute", async () => {
    const { called } = await calledWith({ kind: "refused", error: "ratelimited" });
    expect(called).toEqual({ kind: "limited", afterMs: 30_000 });
  });

  test("the message is sent after that wait, and the next one of the channel not before", async () => {
    const { fake, send, waited, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "7" });
    expect(await send({})).toEqual({ kind: "sent" });
    expect(waited).toEqual([7_000]);
    expect(fake.posted()).toHaveLength(1);
    await close();
  });

  test("other channels do not wait", async () => {
    const { fake, send, waited, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "600" });
    expect(await send({})).toEqual({ kind: "retry", afterMs: 600_000 });
    expect(await send({ ...inDirect })).toEqual({ kind: "sent" });
    expect(waited).toEqual([]);
    await close();
  });

  test("for longer than a minute, whoever asked is told when to try again, and a cry for help does not take its place in line", async () => {
    const { fake, send, waited, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "86400" });
    expect(await send({})).toEqual({ kind: "retry", afterMs: 900_000 });
    expect(await send({ isUrgent: true })).toEqual({ kind: "sent" });
    expect(waited).toEqual([]);
    await close();
  });

  test("again and again, it is given up after four tries", async () => {
    const { fake, send, waited, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "2", times: 9 });
    expect(await send({})).toEqual({ kind: "retry", afterMs: 2_000 });
    expect(fake.calls()).toHaveLength(4);
    expect(waited).toEqual([2_000, 2_000, 2_000]);
    await close();
  });
});

test("two messages of one channel have a second between them; another channel's and a cry for help do not wait", async () => {
  const { send, waited, close } = await open();
  await send({});
  await send({ channel: channels.dm });
  await send({ isUrgent: true });
  expect(waited).toEqual([]);
  await send({});
  expect(waited).toEqual([1_000]);
  await close();
});

describe("F17: when Slack fails before it takes a message", () => {
  test.each([500, 502, 503, 504])("with %i, it is tried again, ever later, and sent once", async (status) => {
    const { fake, send, waited, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "status", status, times: 3 });
    expect(await send({ isUrgent: true })).toEqual({ kind: "sent" });
    expect(waited).toEqual([500, 1_500, 4_000]);
    expect(fake.posted()).toHaveLength(1);
    await close();
  });

  test("four times, it is for later", async () => {
    const { fake, send, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "refused", error: "internal_error", times: 4 });
    expect(await send({})).toEqual({ kind: "retry", afterMs: 60_000 });
    expect(fake.posted()).toEqual([]);
    await close();
  });

  test("because nobody is there, it never arrived", async () => {
    const { call, close } = await open();
    await close();
    expect(await call("chat.postMessage", { channel: channels.general, text: "x" })).toEqual({
      kind: "failed",
      code: "ECONNREFUSED",
    });
  });
});

describe("F18: when Slack takes a message and its answer is lost", () => {
  const lost: readonly Fault[] = [
    { kind: "reset", when: "after" },
    { kind: "html", when: "after" },
    { kind: "truncated", when: "after" },
    { kind: "hang", when: "after" },
    { kind: "huge", bytes: 2_100_000, when: "after" },
  ];

  test.each(lost)("($kind) in a direct message, it is found by its mark and not sent again", async (fault) => {
    const { fake, send, close } = await open({ timeoutMs: 300 });
    fake.fail({ method: "chat.postMessage", ...fault });
    expect(await send(inDirect)).toEqual({ kind: "sent" });
    expect(fake.posted()).toHaveLength(1);
    expect(fake.calls().map(({ method }) => method)).toEqual(["chat.postMessage", "conversations.replies"]);
    await close();
  });

  test.each(lost)("($kind) in a channel, it is sent once more and says so", async (fault) => {
    const { fake, send, close } = await open({ timeoutMs: 300 });
    fake.fail({ method: "chat.postMessage", ...fault });
    expect(await send({})).toEqual({ kind: "sent" });
    const [first, second, ...more] = fake.posted();
    expect(more).toEqual([]);
    expect(first?.text).not.toContain(words.maybeTwice);
    expect(second?.text).toContain(words.maybeTwice);
    expect(JSON.stringify(second?.blocks)).toContain(words.maybeTwice);
    expect(second?.metadata).toEqual(first?.metadata);
    await close();
  });

  test("twice in a channel, nobody claims to know, and there is no third", async () => {
    const { fake, send, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "reset", when: "after", times: 5 });
    expect(await send({})).toEqual({ kind: "unknown", canLook: false });
    expect(fake.posted()).toHaveLength(2);
    await close();
  });

  test("in a direct message where it never landed, it is sent again without a word about it", async () => {
    const { fake, send, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "reset" });
    expect(await send(inDirect)).toEqual({ kind: "sent" });
    expect(fake.posted()).toHaveLength(1);
    expect(fake.posted()[0]?.text).not.toContain(words.maybeTwice);
    await close();
  });

  test("in a direct message that cannot be looked into, the second one says that it may be there twice", async () => {
    const { fake, send, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "reset", when: "after" });
    fake.fail({ method: "conversations.replies", kind: "status", status: 500 });
    expect(await send(inDirect)).toEqual({ kind: "sent" });
    expect(fake.posted().map(({ text }) => text.includes(words.maybeTwice))).toEqual([false, true]);
    await close();
  });

  test("in a long conversation, only what is new is looked through", async () => {
    const { fake, send, close } = await open();
    fake.fail({ method: "chat.postMessage", kind: "reset", when: "after" });
    await send(inDirect);
    // Slack gives the oldest of a thread first; without a beginning the new message would be on a later page.
    expect(fake.calls("conversations.replies")).toMatchObject([{ args: { oldest: "1699999400" } }]);
    await close();
  });
});

describe("F19, F20: an answer that is none", () => {
  test.each<Fault>([
    { kind: "hang" },
    { kind: "reset" },
    { kind: "html" },
    { kind: "truncated" },
    { kind: "huge", bytes: 3_000_000 },
  ])("($kind) says nothing about what happened, and nothing is tried again by itself", async (fault) => {
    expect(await calledWith(fault, 300)).toEqual({ called: { kind: "unknown" }, calls: 1 });
  });
});
