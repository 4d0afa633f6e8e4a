/** `npm start` with Slack, as a process of its own: what it prints, how it ends, and what it remembers when it is killed. */
import type { ChildProcess } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";
import { afterEach, describe, expect, test } from "vitest";
import { personId, placeOf } from "#adapters/slack/read.ts";
import { localOf, momentOf } from "#src/reminders/calendar/calendar.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { userText } from "#src/turn.ts";
import { collect, until as matching, run, start } from "../helpers/command.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { alice, appToken, botToken, channels, us } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function openFake(): Promise<FakeSlack> {
  const fake = await openFakeSlack();
  ends.push(fake.close);
  return fake;
}

type Settings = Readonly<Record<string, string>>;

const settings = (fake: Pick<FakeSlack, "apiUrl">, dir: string, more: Settings = {}): Settings => ({
  PORT: "0",
  DATA_DIR: dir,
  SLACK_API_URL: fake.apiUrl,
  SLACK_BOT_TOKEN: botToken,
  SLACK_APP_TOKEN: appToken,
  ...more,
});

/** A process that serves, once it has printed a line like this. `url` is its page. */
async function serving(env: Settings, line = /^Slack: on, workspace Acme, by Socket Mode$/m) {
  const child = start([], { env });
  ends.push(() => kill(child));
  const [out, err] = [collect(child.stdout), collect(child.stderr)];
  await matching(out, line);
  const [, url = ""] = await matching(out, /^Web page: on, (http:\S+)/m);
  return { child, out, err, url };
}

/** Without a word of warning. */
async function kill(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  child.kill("SIGKILL");
  await once(child, "close");
}

async function stop(child: ChildProcess): Promise<unknown> {
  child.kill("SIGTERM");
  return (await once(child, "close"))[0];
}

const asking = (ts: string) => eventEnvelope(directMessage({ text: "who may supervise this work", ts }));
const firstTs = "1700000500.000001";
const send = (fake: FakeSlack, ts = firstTs, retryAttempt = 0) =>
  fake.socket.send("events_api", asking(ts), { retryAttempt });

/** Keeps a reminder of Alice's that was due a minute ago. */
async function keepDue(dir: string): Promise<void> {
  const database = await openDatabase({ kind: "sqlite", dir });
  const store = openReminderStore(database);
  const nowMs = await store.clock();
  const local = localOf(nowMs - 60_000, "UTC");
  const place = placeOf({ team: us.team, enterprise: null, channel: alice.id, thread: null, isPrivate: true });
  await store.add(
    {
      id: "due",
      person: personId(us.team, alice.id),
      place,
      direct: place,
      label: userText("case talk"),
      partner: null,
      schedule: { start: local, rule: null, zone: "UTC", ends: { kind: "never" }, skips: [], skipsHolidays: false },
      next: { local, atMs: momentOf(local, "UTC") },
    },
    nowMs,
  );
  await database.close();
}

/** The time of a lease passes: nobody waits twenty seconds for it here. */
function letLeasesRunOut(dir: string): void {
  const database = new DatabaseSync(join(dir, "bearings.sqlite"));
  database.exec("update seen set until_ms = 0 where state = 'working'");
  database.close();
}

describe("npm start with Slack", () => {
  test("says that it is on, serves the page and answers; F42: told to stop, it posts what it has begun and ends with 0", async () => {
    const fake = await openFake();
    const { child, out, err, url } = await serving(settings(fake, emptyFolder()));
    expect(out()).toMatch(/^Slack: connecting\.$/m);
    expect((await fetch(url)).status).toBe(200);
    await send(fake);
    expect(fake.posted()).toMatchObject([{ thread: firstTs }]);

    fake.fail({ method: "chat.postMessage", kind: "slow", ms: 300 });
    const ack = send(fake, "1700000500.000002");
    await until("it is being posted", () => fake.calls("chat.postMessage").length === 2);
    expect(await stop(child)).toBe(0);
    expect(fake.posted().map(({ thread }) => thread)).toEqual([firstTs, "1700000500.000002"]);
    expect((await ack).payload).toEqual({});
    expect(err()).not.toContain("supervise");
    expect(out()).not.toContain("supervise");
  });

  test.each([
    ["SLACK_BOT_TOKEN", "xoxb-wrong"],
    ["SLACK_APP_TOKEN", "xapp-wrong"],
  ])("F12: with a wrong %s says so, serves the page all the same, and ends with 0", async (name, value) => {
    const env = settings(await openFake(), emptyFolder(), { [name]: value });
    const { child, out, err, url } = await serving(env, new RegExp(`^Slack: off\\. Slack refused ${name} `, "m"));
    expect((await fetch(url)).status).toBe(200);
    expect(await stop(child)).toBe(0);
    expect(out() + err()).not.toContain(value);
  });

  test("sends what fell due while it was not running, and says at /readyz that each part is ready", async () => {
    const [fake, dir] = [await openFake(), emptyFolder()];
    await keepDue(dir);
    const { child, out, err, url } = await serving(settings(fake, dir));
    await until("the reminder", () => fake.posted().length > 0);
    expect(fake.posted()).toMatchObject([{ channel: channels.dm, thread: null, text: expect.stringContaining("due") }]);
    const ready = await fetch(`${url}readyz`);
    expect(ready.status).toBe(200);
    expect(await ready.json()).toMatchObject({
      ok: true,
      parts: {
        knowledge: { ok: true },
        storage: { ok: true, kind: "sqlite" },
        reminders: { ok: true },
        slack: { ok: true, state: "on" },
      },
    });
    expect(await stop(child)).toBe(0);
    expect(fake.posted()).toHaveLength(1);
    expect(out() + err()).not.toContain("case talk");
  });

  test("with Slack away serves the page and is not ready, and is on when Slack appears", async () => {
    const away = await openFakeSlack();
    await away.close();
    const { out, url } = await serving(settings(away, emptyFolder()), /^Slack: it cannot be reached/m);
    expect((await fetch(url)).status).toBe(200);
    const ready = await fetch(`${url}readyz`);
    expect(ready.status).toBe(503);
    expect(await ready.json()).toMatchObject({
      ok: false,
      parts: { slack: { state: "connecting" }, storage: { ok: true } },
    });
    const fake = await openFakeSlack({ port: Number(new URL(away.url).port) });
    ends.push(fake.close);
    await matching(out, /^Slack: on, workspace Acme, by Socket Mode$/m);
    expect(out().match(/cannot be reached/g)).toHaveLength(1);
  });

  test("whose DATA_DIR cannot be used says so in a sentence and ends with 75", async () => {
    const file = join(emptyFolder(), "file");
    writeFileSync(file, "");
    const { code, out, err } = await run([], { env: settings(await openFake(), join(file, "data")) });
    expect({ code, out }).toEqual({ code: 75, out: "" });
    expect(err).toMatch(/ cannot be opened and written \(ENOTDIR\)\.\n.*DATA_DIR/);
    expect(err).not.toMatch(/^\s+at /m);
  });

  test("F37: a second one on the same DATA_DIR ends with 75, and the first goes on", async () => {
    const fake = await openFake();
    const env = settings(fake, emptyFolder());
    const first = await serving(env);
    const second = await run([], { env });
    expect({ code: second.code, out: second.out }).toEqual({ code: 75, out: "" });
    expect(second.err).toContain("bearings.sqlite");
    expect(fake.socket.opened()).toBe(1);
    await send(fake);
    expect(fake.posted()).toHaveLength(1);
    expect(await stop(first.child)).toBe(0);
  });
});

describe("F43: killed without warning and started again", () => {
  test("before the answer was out: the message that comes again is answered, once", async () => {
    const fake = await openFake();
    const dir = emptyFolder();
    const { child } = await serving(settings(fake, dir));
    fake.fail({ method: "chat.postMessage", kind: "hang" });
    void send(fake);
    await until("it is being posted", () => fake.calls("chat.postMessage").length === 1);
    await kill(child);
    expect({ posted: fake.posted(), acks: fake.socket.acks() }).toEqual({ posted: [], acks: [] });
    letLeasesRunOut(dir);
    await until("its connection has gone", () => fake.socket.connections() === 0);

    await serving(settings(fake, dir));
    for (const attempt of [1, 2, 3]) await send(fake, firstTs, attempt);
    expect(fake.posted()).toMatchObject([{ thread: firstTs }]);
  });

  test("after the message was acknowledged: it is not answered again", async () => {
    const fake = await openFake();
    const dir = emptyFolder();
    const { child } = await serving(settings(fake, dir));
    await send(fake);
    await kill(child);
    letLeasesRunOut(dir);
    await until("its connection has gone", () => fake.socket.connections() === 0);

    await serving(settings(fake, dir));
    for (const attempt of [1, 2, 3]) await send(fake, firstTs, attempt);
    expect(fake.posted()).toHaveLength(1);
  });
});
