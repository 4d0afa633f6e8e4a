/** Several workspaces while what is kept of them cannot be had, cannot be opened, or was kept by something else. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import type { Installs } from "#adapters/slack/workspaces.ts";
import { openInstalls } from "#src/storage/installs.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { us } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import {
  ask,
  birch,
  expectNotLogged,
  from,
  fromOrg,
  install,
  installForAll,
  kept,
  logLines,
  several,
  tokensUsed,
} from "./several.ts";

let fake: FakeSlack;
let door: OpenDoor;
const open = async (options: Parameters<typeof openDoor>[1] = {}) => {
  door = await openDoor(fake, { several, ...options });
};
beforeEach(async () => {
  // The door's clock stands still until a test moves it.
  vi.useFakeTimers({ toFake: ["Date"] });
  fake = await openFakeSlack();
});
afterEach(async () => {
  vi.useRealTimers();
  await door.close();
  await fake.close();
});
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);

describe("F31: while the database is slow or away", () => {
  let state: "well" | "failing" | "silent" = "well";
  let looks = 0;
  /** What a look waits for. */
  let gate = Promise.resolve();
  const away = (): Promise<never> =>
    state === "silent"
      ? new Promise(() => {})
      : Promise.reject(Object.assign(new Error("away"), { code: "ECONNREFUSED" }));
  const flaky = (key: Buffer): Installs => {
    let opened: Installs | null = null;
    const real = () => {
      looks += 1;
      opened ??= openInstalls(door.database, key);
      return state === "well" ? opened : null;
    };
    return {
      get: (...all) => {
        const found = real();
        return gate.then(() => found?.get(...all) ?? away());
      },
      put: (...all) => real()?.put(...all) ?? away(),
      remove: (...all) => real()?.remove(...all) ?? away(),
      renew: (...all) => real()?.renew(...all) ?? away(),
    };
  };
  beforeEach(async () => {
    state = "well";
    gate = Promise.resolve();
    await open({ storage: { installs: flaky } });
  });

  test.each(["failing", "silent"] as const)("(%s), a workspace seen before is answered", async (how) => {
    const token = await install(door, fake, us);
    await ask(door, from(us));
    state = how;
    pass(61_000);
    looks = 0;
    for (const _ of [1, 2, 3]) expect((await ask(door, from(us))).status).toBe(200);
    expect(tokensUsed(fake)).toEqual([token, token, token, token]);
    // Left alone for a while, so that not everyone has to wait for it.
    expect(looks).toBe(1);
  });

  test("one of an organisation is answered as well", async () => {
    await installForAll(door, fake);
    await ask(door, fromOrg("T11ONE"));
    state = "failing";
    pass(61_000);
    expect((await ask(door, fromOrg("T11ONE"))).status).toBe(200);
    expect(fake.posted()).toHaveLength(2);
  });

  test("one that was not seen before is brought again, also where it had not installed it", async () => {
    await ask(door, from(birch));
    await install(door, fake, us);
    state = "failing";
    expect((await ask(door, from(us))).status).toBe(503);
    expect((await ask(door, from(birch))).status).toBe(503);
    expect(logLines(door).slice(-2)).toEqual([
      { level: "warn", event: "slack.installs.unavailable", name: "Error", code: "ECONNREFUSED" },
      { level: "warn", event: "slack.unanswered", name: "Error", code: "ECONNREFUSED" },
    ]);
    state = "well";
    expect((await ask(door, from(us))).status).toBe(200);
    expect(fake.posted()).toHaveLength(1);
  });

  test("it is looked at once for all who ask at the same moment", async () => {
    await install(door, fake, us);
    looks = 0;
    const { promise, resolve } = Promise.withResolvers<void>();
    gate = promise;
    const asked = Array.from({ length: 10 }, (_, at) => ask(door, from(us), `D0${at}`));
    await until("somebody looks", () => looks > 0);
    // It is sent after them, so by then most of them wait.
    const stranger = ask(door, from(birch));
    await until("the last one looks", () => looks > 1);
    resolve();
    for (const { status } of await Promise.all([...asked, stranger])) expect(status).toBe(200);
    expect(fake.posted()).toHaveLength(10);
    expect(looks).toBe(2);
  });

  test("what it says once it is back is believed", async () => {
    const old = await install(door, fake, us);
    await ask(door, from(us));
    state = "failing";
    pass(61_000);
    await ask(door, from(us));
    state = "well";
    fake.oauth.tokens.delete(old);
    await openInstalls(door.database, several.secretKey).remove("slack", us.team, Number.MAX_SAFE_INTEGER);
    pass(6_000);
    fake.clear();
    expect((await ask(door, from(us))).status).toBe(200);
    // And it stays gone when the database is away once more.
    state = "failing";
    expect((await ask(door, from(us))).status).toBe(503);
    expect(fake.calls()).toEqual([]);
  });
});

test("with another SECRET_KEY events are brought again, a code is logged, and new installations go on", async () => {
  const dir = emptyFolder();
  await open({ where: { kind: "sqlite", dir } });
  const token = await install(door, fake, us);
  await door.close();
  await open({ where: { kind: "sqlite", dir }, several: { ...several, secretKey: Buffer.alloc(32, 8) } });
  expect((await ask(door, from(us))).status).toBe(503);
  expect(logLines(door)).toEqual([
    { level: "warn", event: "slack.installs.unavailable", name: "BearingsError", code: "sealed" },
    { level: "warn", event: "slack.unanswered", name: "BearingsError", code: "sealed" },
  ]);
  expectNotLogged(door, [token, us.team]);
  for (const one of [birch, us]) await install(door, fake, one);
  for (const one of [birch, us]) await ask(door, from(one));
  expect(fake.posted()).toMatchObject([{ team: birch.team }, { team: us.team }]);
});

const whole = { team: us.team, token: "xoxb-CANARY", botUser: us.botUser, refreshToken: null, expiresAtMs: null };
describe("a record of another version", () => {
  test.each<[string, string]>([
    ["is not JSON", "xoxb-CANARY"],
    ["is empty", ""],
    ["is no object", '"xoxb-CANARY"'],
    ["is null", "null"],
    ["lacks a part", JSON.stringify({ ...whole, botUser: undefined })],
    ["has a part that is not known", JSON.stringify({ ...whole, scope: "chat:write" })],
    ["has a part of another kind", JSON.stringify({ ...whole, expiresAtMs: "2030-01-01" })],
    ["is of another workspace", JSON.stringify({ ...whole, team: birch.team })],
  ])("that %s is refused with a code, and installing anew helps", async (_name, record) => {
    await open();
    fake.oauth.tokens.set("xoxb-CANARY", us);
    await openInstalls(door.database, several.secretKey).put("slack", us.team, record, 0);
    expect((await ask(door, from(us))).status).toBe(503);
    expect(logLines(door)[0]).toEqual({
      level: "warn",
      event: "slack.installs.unavailable",
      name: "BearingsError",
      code: "sealed",
    });
    expectNotLogged(door, ["CANARY"]);
    const token = await install(door, fake, us);
    await ask(door, from(us));
    expect(tokensUsed(fake)).toEqual([token]);
    expect(await kept(door)).toMatchObject({ token });
  });
});
