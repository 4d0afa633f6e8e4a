/** The same message brought again, by Slack or by chance, to one door or two, and over a restart: one answer. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openDatabase } from "#src/storage/database.ts";
import { openSeen } from "#src/storage/seen.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { channelMessage, directMessage, eventEnvelope, mention } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { channels } from "../helpers/slack/team.ts";

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
const nextTs = () => `1700000200.${String(++count).padStart(6, "0")}`;
const since = (before: number) => fake.posted().slice(before);

const question = "who may supervise this work";
const danger = "I am going to kill myself tonight";
const asked = (ts: string, text = question) => eventEnvelope(directMessage({ text, ts }));
const statuses = (answers: readonly { readonly status: number }[]) => answers.map(({ status }) => status);

describe("the same message again", () => {
  test("F1: four deliveries, one after the other, are acknowledged and answered once", async () => {
    const before = fake.posted().length;
    const body = asked(nextTs());
    const answers = [];
    for (const retryNum of [undefined, 1, 2, 3])
      answers.push(await door.event(body, retryNum === undefined ? {} : { retryNum }));
    expect(statuses(answers)).toEqual([200, 200, 200, 200]);
    expect(since(before)).toHaveLength(1);
  });

  test("F2: a repeat that arrives while the first is at work joins it", async () => {
    const before = fake.posted().length;
    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 300 });
    const body = asked(nextTs());
    const first = door.event(body);
    await expect.poll(() => fake.calls("chat.postMessage").length).toBe(1);
    const answers = await Promise.all([first, ...[1, 2, 3].map((retryNum) => door.event(body, { retryNum }))]);
    expect(statuses(answers)).toEqual([200, 200, 200, 200]);
    expect(since(before)).toHaveLength(1);
    expect(fake.calls("chat.postMessage")).toHaveLength(1);
  });

  test("T-02, F3: the same bytes fifty times at once are one answer", async () => {
    const before = fake.posted().length;
    const body = asked(nextTs());
    const atSec = Math.floor(Date.now() / 1_000);
    const answers = await Promise.all(Array.from({ length: 50 }, () => door.event(body, { atSec })));
    expect(new Set(statuses(answers))).toEqual(new Set([200]));
    expect(since(before)).toHaveLength(1);
  });

  test("F1: a mention that comes as two events, each brought four times, is one answer", async () => {
    const before = fake.posted().length;
    const said = { text: `<@U0BOT> ${question}`, ts: nextTs() };
    const bodies = [eventEnvelope(mention(said)), eventEnvelope(channelMessage(said))];
    const tries = [undefined, 1, 2, 3].flatMap((retryNum) =>
      bodies.map((body) => door.event(body, retryNum === undefined ? {} : { retryNum })),
    );
    expect(new Set(statuses(await Promise.all(tries)))).toEqual(new Set([200]));
    expect(since(before)).toHaveLength(1);
  });

  test("F1: a cry for help brought four times is answered once", async () => {
    const before = fake.posted().length;
    const body = asked(nextTs(), danger);
    const answers = await Promise.all([undefined, 1, 2, 3].map((n) => door.event(body, n ? { retryNum: n } : {})));
    expect(statuses(answers)).toEqual([200, 200, 200, 200]);
    expect(since(before)).toHaveLength(1);
  });

  test("the same words in another message are another question", async () => {
    const before = fake.posted().length;
    await door.event(asked(nextTs()));
    await door.event(asked(nextTs()));
    expect(since(before)).toHaveLength(2);
  });
});

describe("two doors on one database", () => {
  test("F1, F15: answer a message once between them", async () => {
    const database = await openDatabase({ kind: "sqlite", dir: emptyFolder() });
    const open = (owner: string) => openDoor(fake, { storage: { seen: openSeen(database, { owner }) } });
    const [one, two] = [await open("one"), await open("two")];
    const before = fake.posted().length;
    const bodies = Array.from({ length: 20 }, () => asked(nextTs()));
    for (const body of bodies) {
      const answers = await Promise.all([one.event(body), two.event(body), one.event(body, { retryNum: 1 })]);
      // The door that came second does not know how it will end, so it has Slack ask again.
      for (const status of statuses(answers)) expect([200, 503]).toContain(status);
      expect(statuses(answers)).toContain(200);
    }
    expect(since(before)).toHaveLength(bodies.length);
    const again = await Promise.all(
      bodies.flatMap((body) => [one.event(body, { retryNum: 2 }), two.event(body, { retryNum: 2 })]),
    );
    expect(new Set(statuses(again))).toEqual(new Set([200]));
    expect(since(before)).toHaveLength(bodies.length);
    await one.close();
    await two.close();
    await database.close();
  });
});

describe("a restart", () => {
  test("F1: does not answer again what was answered before", async () => {
    const where = { kind: "sqlite", dir: emptyFolder() } as const;
    const first = await openDoor(fake, { where });
    const before = fake.posted().length;
    const body = asked(nextTs());
    await first.event(body);
    await first.close();
    const second = await openDoor(fake, { where });
    expect((await second.event(body, { retryNum: 1 })).status).toBe(200);
    expect(since(before)).toHaveLength(1);
    await second.close();
  });

  test("F43: after a crash before the answer, Slack is asked to bring it again until the claim has run out", async () => {
    const where = { kind: "sqlite", dir: emptyFolder() } as const;
    const database = await openDatabase(where);
    const dead = openSeen(database, { owner: "dead" });
    const [lately, before] = [nextTs(), nextTs()];
    const idOf = (ts: string) => `slack:T01TEST:${channels.dm}:${ts}`;
    expect(await dead.claim(idOf(lately), Date.now())).toBe("yours");
    expect(await dead.claim(idOf(before), Date.now() - 60_000)).toBe("yours");
    await database.close();
    const restarted = await openDoor(fake, { where });
    const posted = fake.posted().length;
    expect((await restarted.event(asked(lately), { retryNum: 1 })).status).toBe(503);
    expect(since(posted)).toEqual([]);
    expect((await restarted.event(asked(before), { retryNum: 2 })).status).toBe(200);
    expect(since(posted)).toMatchObject([{ thread: before }]);
    await restarted.close();
  });
});

describe("what could not be answered", () => {
  test("F16: is not acknowledged, and is answered when Slack brings it again", async () => {
    const before = fake.posted().length;
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "86400" });
    const body = asked(nextTs(), danger);
    expect((await door.event(body)).status).toBe(503);
    expect(since(before)).toEqual([]);
    await expect.poll(async () => (await door.event(body, { retryNum: 1 })).status).toBe(200);
    expect(since(before)).toHaveLength(1);
  });

  test("is brought again after a defect of ours, of which the log has the name alone", async () => {
    const before = fake.posted().length;
    const respond = () => {
      throw new RangeError("words of ours");
    };
    const broken = await openDoor(fake, { core: { respond } });
    expect((await broken.event(asked(nextTs()))).status).toBe(503);
    expect(since(before)).toEqual([]);
    expect(broken.logged()).toMatch(/"event":"slack.unanswered","name":"RangeError"/);
    expect(broken.logged()).not.toContain("words of ours");
    await broken.close();
  });
});
