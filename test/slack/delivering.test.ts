/** How answers leave: before their acknowledgement, in order and at a pace, and to the end when the door closes. */
import { App } from "@slack/bolt";
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { parsePayload } from "#adapters/slack/parse-interaction.ts";
import { createIntake } from "#adapters/slack/receive.ts";
import { showStatus } from "#adapters/slack/status.ts";
import { words } from "#adapters/slack/words.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope, mention } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { slashCommand } from "../helpers/slack/interactions.ts";
import { alice, channels } from "../helpers/slack/team.ts";

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
const nextTs = () => `1700000600.${String(++count).padStart(6, "0")}`;
const since = (before: number) => fake.posted().slice(before);
const question = "who may supervise this work";
const dm = (text = question, ts = nextTs()) => eventEnvelope(directMessage({ text, ts }));
const inChannel = () => eventEnvelope(mention({ text: `<@U0BOT> ${question}`, ts: nextTs() }));

describe("an acknowledgement", () => {
  test("comes after the answer", async () => {
    const before = fake.posted().length;
    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 200 });
    let isAcknowledged = false;
    const acknowledged = door.event(dm()).then(() => {
      isAcknowledged = true;
    });
    await expect.poll(() => since(before)).toHaveLength(1);
    expect(isAcknowledged).toBe(false);
    await acknowledged;
  });

  /** An intake whose listener works until it is told, and whose two seconds are over when the test says so. */
  async function openIntake() {
    const [work, patience] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
    const waits: number[] = [];
    const log = () => {};
    const sleep = (ms: number) => {
      waits.push(ms);
      return patience.promise;
    };
    const intake = createIntake({ log, sleep });
    const authorize = async () => ({});
    const app = new App({ receiver: intake.receiver, authorize, ignoreSelf: false, deferInitialization: true });
    app.error((error) => Promise.reject(error));
    app.event("message", () => work.promise);
    app.command("/bearings", () => work.promise);
    await app.init();
    const receive = (body: Readonly<Record<string, unknown>>) => {
      const payload = parsePayload(body);
      if (payload === null) throw new Error("not a payload");
      return intake.receive(payload, { ...body });
    };
    return { intake, receive, work, patience, waits };
  }

  test("does not wait for an answer that takes more than two seconds, and closing still does", async () => {
    const { intake, receive, work, patience, waits } = await openIntake();
    const taken = receive(dm());
    expect(waits).toEqual([2_000]);
    patience.resolve();
    expect(await taken).toEqual({ kind: "taken", say: undefined });
    let isClosed = false;
    const closed = intake.close().then(() => {
      isClosed = true;
    });
    expect(await receive(dm())).toEqual({ kind: "again" });
    expect(isClosed).toBe(false);
    work.resolve();
    await closed;
  });

  test("is withheld when the answer failed before that", async () => {
    const { receive, work } = await openIntake();
    const taken = receive(dm());
    work.reject(new Error("no"));
    expect(await taken).toEqual({ kind: "again" });
  });

  test("of a command is not given early: its answer is in it", async () => {
    const { receive, work, patience, waits } = await openIntake();
    const taken = receive(slashCommand("/bearings", "themes"));
    patience.resolve();
    work.resolve();
    expect(await taken).toEqual({ kind: "unknown" });
    expect(waits).toEqual([]);
  });
});

describe("several messages at once", () => {
  test("in one direct message are answered in their order, whatever pace is kept", async () => {
    const paced = await openDoor(fake, { gapMs: 60 });
    const before = fake.posted().length;
    const times = Array.from({ length: 5 }, nextTs);
    const answers = [];
    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 100 });
    for (const ts of times) {
      const sent = fake.calls("chat.postMessage").length;
      answers.push(paced.event(dm(question, ts)));
      // The first is at work before the others arrive; those come one by one.
      if (sent === 0) await expect.poll(() => fake.calls("chat.postMessage").length).toBe(1);
      else await new Promise((resolve) => setImmediate(resolve));
    }
    await Promise.all(answers);
    expect(since(before).map(({ thread }) => thread)).toEqual(times);
    await paced.close();
  });

  test("F16: in a channel that has to wait hold up no other", async () => {
    const before = fake.posted().length;
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "1" });
    const held = door.event(inChannel());
    await expect.poll(() => fake.calls("chat.postMessage").length).toBe(1);
    await door.event(dm());
    expect(since(before)).toMatchObject([{ channel: channels.dm }]);
    expect((await held).status).toBe(200);
    expect(since(before)).toHaveLength(2);
  });
});

describe("closing", () => {
  test("F42: ends what has begun, and takes nothing more", async () => {
    const own = await openDoor(fake);
    const before = fake.posted().length;
    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 300 });
    const begun = own.event(dm());
    await expect.poll(() => fake.calls("chat.postMessage").length).toBe(1);
    const closed = own.close();
    expect((await own.event(dm())).status).toBe(503);
    await closed;
    expect((await begun).status).toBe(200);
    expect(since(before)).toHaveLength(1);
  });
});

describe("the status", () => {
  const target = { channel: channels.dm, thread: "1.000001", user: alice.id, turnId: "x" };
  /** Which statuses were said when the answer came before or after the wait. */
  async function statuses(isSlow: boolean, channel: string = channels.dm) {
    const said: unknown[] = [];
    const wait = Promise.withResolvers<void>();
    const call = async (_method: string, args: Readonly<Record<string, unknown>>) => {
      said.push(args.status);
      return { kind: "ok", data: {} } as const;
    };
    const status = showStatus({ ...target, channel }, call, () => wait.promise);
    if (isSlow) {
      wait.resolve();
      await wait.promise;
    }
    await status.end();
    wait.resolve();
    await new Promise((resolve) => setImmediate(resolve));
    return said;
  }

  test("is shown when an answer takes long, and taken away again", async () => {
    expect(await statuses(true)).toEqual([words.looking, ""]);
  });

  test("is not shown for an answer that is there at once, nor in a channel", async () => {
    expect(await statuses(false)).toEqual([]);
    expect(await statuses(true, channels.general)).toEqual([]);
  });

  test("is taken away over the door too", async () => {
    const before = fake.hints().length;
    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 700 });
    await door.event(dm());
    expect(
      fake
        .hints()
        .slice(before)
        .map(({ said }) => said),
    ).toEqual([words.looking, ""]);
  });
});
