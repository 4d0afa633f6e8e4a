/** Tokens that end: renewed in time, once over all replicas, and never at the cost of an answer. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openInstalls } from "#src/storage/installs.ts";
import { openEngines } from "../helpers/databases.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { appUninstalled, eventEnvelope } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { us } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { ask, expectNotLogged, from, install, kept, logLines, rows, several, tokensUsed } from "./several.ts";

const { engines, postgres: server, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

/** Slack's own, seconds. */
const livesSec = 43_200;
const minuteMs = 60_000;
const pass = (ms: number) => vi.setSystemTime(Date.now() + ms);
/** So that the token has twenty minutes left: fewer than the thirty at which it is renewed. */
const nearItsEnd = () => pass(livesSec * 1_000 - 20 * minuteMs);

let fake: FakeSlack;
const open: OpenDoor[] = [];
beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["Date"] });
  fake = await openFakeSlack();
});
afterEach(async () => {
  vi.useRealTimers();
  for (const one of open.splice(0)) await one.close();
  await fake.close();
});
const opened = async (options: Parameters<typeof openDoor>[1] = {}): Promise<OpenDoor> => {
  const door = await openDoor(fake, { several, ...options });
  open.push(door);
  return door;
};
/** How often a token was renewed or tried to be; the first of these calls was the installation. */
const renewals = () => fake.calls("oauth.v2.access").filter(({ args }) => args.grant_type === "refresh_token");
const secretsOf = (record: Awaited<ReturnType<typeof kept>>) => [String(record?.token), String(record?.refreshToken)];

describe("a token near its end", () => {
  test("is renewed and kept, and what it was renewed with is not used again", async () => {
    const door = await opened();
    const old = await install(door, fake, us, livesSec);
    const before = await kept(door);
    await ask(door, from(us));
    expect(renewals()).toEqual([]);
    const used: unknown[] = [];
    for (const _ of [1, 2, 3]) {
      nearItsEnd();
      await ask(door, from(us));
      await until("it is renewed", async () => renewals().length > used.length);
      used.push(renewals().at(-1)?.args.refresh_token);
      // What was renewed while a question waited is used for the next one at the latest.
      await until("it is kept", async () => (await kept(door))?.refreshToken !== used.at(-1));
    }
    pass(6_000);
    await ask(door, from(us));
    expect(used).toHaveLength(3);
    expect(new Set(used).size).toBe(3);
    expect(used[0]).toBe(before?.refreshToken);
    const after = await kept(door);
    expect(used).not.toContain(after?.refreshToken);
    expect(after?.expiresAtMs).toBeGreaterThan(Date.now() + 11 * 60 * minuteMs);
    expect(tokensUsed(fake)[0]).toBe(old);
    expect(tokensUsed(fake).at(-1)).toBe(after?.token);
    expect(fake.posted()).toHaveLength(5);
    expectNotLogged(door, [...secretsOf(before), ...secretsOf(after)]);
  });

  test.each([
    ["Slack refuses", { kind: "refused", error: "internal_error" } as const, "failed"],
    [
      "Slack says that it is no good",
      { kind: "refused", error: "invalid_refresh_token" } as const,
      "invalid_refresh_token",
    ],
    ["Slack fails", { kind: "status", status: 500 } as const, "failed"],
    ["Slack cuts the connection", { kind: "reset" } as const, "unknown"],
    ["Slack answers without a token", { kind: "refused", error: "x", more: { ok: true } } as const, "unreadable"],
  ])("stays in use where %s, and is tried again a minute later", async (_name, fault, code) => {
    const door = await opened();
    const token = await install(door, fake, us, livesSec);
    const before = await kept(door);
    nearItsEnd();
    fake.fail({ method: "oauth.v2.access", ...fault });
    for (const _ of [1, 2, 3]) expect((await ask(door, from(us))).status).toBe(200);
    expect(tokensUsed(fake)).toEqual([token, token, token]);
    expect(renewals()).toHaveLength(1);
    expect(await kept(door)).toEqual(before);
    expect(logLines(door).filter(({ event }) => event === "slack.token.not-renewed")).toEqual([
      { level: "error", event: "slack.token.not-renewed", code },
    ]);
    expectNotLogged(door, secretsOf(before));
    pass(minuteMs + 1_000);
    await ask(door, from(us));
    await until("it is kept", async () => (await kept(door))?.token !== token);
    expect(renewals()).toHaveLength(2);
  });

  test("F19: that Slack never answers about holds up nobody who asks", async () => {
    const door = await opened();
    const token = await install(door, fake, us, livesSec);
    await ask(door, from(us));
    nearItsEnd();
    fake.fail({ method: "oauth.v2.access", kind: "hang", times: 9 });
    await Promise.all(Array.from({ length: 8 }, (_, at) => ask(door, from(us), `D0${at}`)));
    // All are answered while the one call still hangs.
    expect(tokensUsed(fake)).toEqual(Array(9).fill(token));
    expect(renewals()).toHaveLength(1);
    expect(logLines(door).filter(({ event }) => event === "slack.token.not-renewed")).toEqual([]);
  });
});

describe("a token that has ended", () => {
  /** Ended, in a quiet workspace. */
  async function ended() {
    const door = await opened();
    const old = await install(door, fake, us, livesSec);
    await ask(door, from(us));
    pass(2 * livesSec * 1_000);
    fake.oauth.tokens.delete(old);
    return { door, old };
  }

  test("is renewed before anything is answered with it", async () => {
    const { door, old } = await ended();
    expect((await ask(door, from(us))).status).toBe(200);
    expect(fake.posted()).toHaveLength(2);
    expect(tokensUsed(fake).filter((token) => token === old)).toHaveLength(1);
  });

  test("F17: and that Slack fails to renew leaves the message for Slack to bring again", async () => {
    const { door } = await ended();
    fake.fail({ method: "oauth.v2.access", kind: "status", status: 503 });
    expect((await ask(door, from(us))).status).toBe(503);
    expect((await ask(door, from(us))).status).toBe(200);
    expect(fake.posted()).toHaveLength(2);
  });

  test("F8: and that Slack will not renew, since the app is gone, is erased", async () => {
    const { door } = await ended();
    fake.fail({ method: "oauth.v2.access", kind: "refused", error: "invalid_refresh_token", times: 9 });
    expect((await door.event(eventEnvelope(appUninstalled(), from(us)))).status).toBe(200);
    expect(await rows(door)).toEqual([]);
  });
});

const postgres = engines.find(({ name }) => name === "PostgreSQL");
describe.runIf(postgres !== undefined)("two replicas on one PostgreSQL", () => {
  async function replicas(): Promise<readonly [OpenDoor, OpenDoor]> {
    const where = await postgres?.empty();
    if (where === undefined) throw new Error("no PostgreSQL");
    return [await opened({ where }), await opened({ where })];
  }

  test("renew a token once, however many ask at once", async () => {
    const [one, two] = await replicas();
    const old = await install(one, fake, us, livesSec);
    nearItsEnd();
    const asked = Array.from({ length: 20 }, (_, at) => ask(at % 2 === 0 ? one : two, from(us), `D0${at}`));
    for (const { status } of await Promise.all(asked)) expect(status).toBe(200);
    await until("it is kept", async () => (await kept(one))?.token !== old);
    pass(minuteMs + 1_000);
    for (const door of [one, two]) await ask(door, from(us));
    expect(renewals()).toHaveLength(1);
    expect(fake.posted()).toHaveLength(22);
    expect(new Set(tokensUsed(fake).slice(-2))).toEqual(new Set([(await kept(one))?.token]));
  });

  test("each answers with a token that the other has renewed, though Slack takes the old one back at once", async () => {
    const [one, two] = await replicas();
    const old = await install(one, fake, us, livesSec);
    // Two looks half a minute before it is time, and believes that for a minute.
    pass(livesSec * 1_000 - 30.5 * minuteMs);
    await ask(two, from(us));
    expect(renewals()).toEqual([]);
    pass(40_000);
    await ask(one, from(us));
    await until("it is kept", async () => (await kept(one))?.token !== old);
    fake.oauth.tokens.delete(old);
    expect((await ask(two, from(us))).status).toBe(200);
    expect(fake.posted()).toHaveLength(3);
    expect(renewals()).toHaveLength(1);
  });

  test("F8: both are done with a workspace within a minute of its going", async () => {
    const [one, two] = await replicas();
    const token = await install(one, fake, us);
    for (const door of [one, two]) await ask(door, from(us));
    fake.oauth.tokens.delete(token);
    await one.event(eventEnvelope(appUninstalled(), from(us)));
    expect(await rows(two)).toEqual([]);
    fake.clear();
    pass(minuteMs);
    for (const door of [one, two]) expect((await ask(door, from(us))).status).toBe(200);
    expect(fake.calls()).toEqual([]);
  });

  test("one that installs anew at one is answered by the other as well", async () => {
    const [one, two] = await replicas();
    const old = await install(one, fake, us);
    for (const door of [one, two]) await ask(door, from(us));
    fake.oauth.tokens.delete(old);
    const token = await install(one, fake, us);
    await ask(two, from(us));
    expect(fake.posted()).toHaveLength(3);
    expect(tokensUsed(fake).at(-1)).toBe(token);
    expect(await openInstalls(two.database, several.secretKey).get("slack", us.team)).toContain(token);
  });

  test("F31: with PostgreSQL stopped, a workspace seen before is answered, and others once it is back", async () => {
    const [one, two] = await replicas();
    await install(one, fake, us);
    await ask(one, from(us));
    await server?.stop();
    pass(minuteMs + 1_000);
    expect((await ask(one, from(us))).status).toBe(200);
    expect((await ask(two, from(us))).status).toBe(503);
    expect(fake.posted()).toHaveLength(2);
    await server?.start();
    expect((await ask(two, from(us))).status).toBe(200);
    expect(fake.posted()).toHaveLength(3);
  });
});
