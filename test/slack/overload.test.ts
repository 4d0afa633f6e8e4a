/** F9: more messages than there is room for: said once, left for Slack to bring again, and nobody in danger turned away. */
import { afterAll, afterEach, beforeAll, expect, test, vi } from "vitest";
import { createMessages, Unanswered } from "#adapters/slack/messages.ts";
import { parsePayload } from "#adapters/slack/parse-interaction.ts";
import type { Installed } from "#adapters/slack/workspaces.ts";
import { busy } from "#src/copy.ts";
import { createQueue } from "#src/queue.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { channelMessage, directMessage, eventEnvelope, mention, messageChanged } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { channels, us } from "../helpers/slack/team.ts";
import { doorOf } from "./parts.ts";

const room = 20;
const realNow = Date.now;
let laterMs = 0;
let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  // Before the door is opened, since it takes its clock along.
  vi.spyOn(Date, "now").mockImplementation(() => realNow() + laterMs);
  fake = await openFakeSlack();
  door = await openDoor(fake);
});
afterEach(() => {
  fake.clear();
  // So that each test may be told that there is no room.
  laterMs += 61_000;
});
afterAll(async () => {
  await door.close();
  await fake.close();
  vi.restoreAllMocks();
});

let count = 0;
const nextTs = () => `1700000800.${String(++count).padStart(6, "0")}`;
const question = "who may supervise this work";
const danger = "I am going to kill myself tonight";
const dm = (text = question) => eventEnvelope(directMessage({ text, ts: nextTs() }));
const isBusy = ({ text }: { readonly text: string }) => text.startsWith(busy);

/** As many messages as there is room for, the first of which takes a while. Resolves when all of them wait. */
async function fill() {
  const before = fake.posted().length;
  fake.fail({ method: "chat.postMessage", kind: "slow", ms: 700 });
  const first = door.event(dm());
  await expect.poll(() => fake.calls("chat.postMessage").length).toBe(1);
  const others = Array.from({ length: room - 1 }, () => door.event(dm()));
  // One more finds no room, so all of them are in line.
  await expect.poll(async () => (await door.event(dm())).status).toBe(503);
  const end = async () => (await Promise.all([first, ...others])).map(({ status }) => status);
  return { end, since: () => fake.posted().slice(before) };
}

test("all that there is room for is answered, one is told that there is no more, and the rest is brought again", async () => {
  const { end, since } = await fill();
  const refused = await Promise.all(Array.from({ length: 10 }, () => door.event(dm())));
  expect(new Set(refused.map(({ status }) => status))).toEqual(new Set([503]));
  expect(new Set(await end())).toEqual(new Set([200]));
  expect(since().filter(isBusy)).toHaveLength(1);
  expect(since().length).toBeLessThanOrEqual(room + 1);
  expect((await door.event(dm())).status).toBe(200);
});

test("a cry for help is answered at once, before all that waits; in an edit too", async () => {
  const { end, since } = await fill();
  await door.event(dm(danger));
  expect(since().at(-1)?.text).toContain("911");
  await door.event(eventEnvelope(messageChanged({ text: danger, before: "hello", ts: nextTs(), editedTs: nextTs() })));
  expect(since().at(-1)?.text).toContain("911");
  const answersSoFar = since().filter(({ text }) => !text.includes("911") && !text.startsWith(busy));
  expect(answersSoFar.length).toBeLessThan(room);
  await end();
});

test("one conversation that is full leaves room for the others", async () => {
  const { end, since } = await fill();
  const other = { text: `<@U0BOT> ${question}`, ts: nextTs() };
  expect((await door.event(eventEnvelope(mention(other)))).status).toBe(200);
  expect(since().at(-1)).toMatchObject({ channel: channels.general, thread: other.ts });
  await end();
});

test("a repeat of a message that is in line joins it, although there is no room, and its answer comes", async () => {
  const texts = Array.from({ length: room }, () => ({ text: `<@U0BOT> ${question}`, ts: nextTs() }));
  const before = fake.posted().length;
  fake.fail({ method: "chat.postMessage", kind: "slow", ms: 700 });
  const mentions = texts.map((said) => door.event(eventEnvelope(mention(said))));
  const twins = texts.map((said) => door.event(eventEnvelope(channelMessage(said))));
  const again = texts.map((said) => door.event(eventEnvelope(mention(said)), { retryNum: 1 }));
  const answers = await Promise.all([...mentions, ...twins, ...again]);
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
  const posted = fake.posted().slice(before);
  expect(posted.filter(isBusy)).toEqual([]);
  expect(new Set(posted.map(({ thread }) => thread))).toEqual(new Set(texts.map(({ ts }) => ts)));
  expect(posted).toHaveLength(room);
});

test("a message that could not even be told that there is no room is brought again", async () => {
  const limited: Installed["call"] = async () => ({ kind: "limited", afterMs: 900_000 });
  const answer = createMessages(await doorOf({ queue: createQueue({ most: 0, mostPerKey: 0 }) }));
  const payload = parsePayload(dm());
  if (payload?.kind !== "message") throw new Error("not a message");
  await expect(answer(payload, { ...us, token: "", call: limited })).rejects.toThrow(Unanswered);
});
