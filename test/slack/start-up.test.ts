/** The start: wrong tokens, missing scopes, a Slack that is away, and what is told of it, once and in words. */
import { afterEach, describe, expect, test } from "vitest";
import { identify } from "#adapters/slack/identify.ts";
import { botScopes } from "#adapters/slack/needs.ts";
import { createLog } from "#src/log.ts";
import { type DoorOptions, openDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { type FakeSlack, type FakeSlackOptions, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { appToken, botToken } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";

const ends: (() => Promise<unknown>)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0).reverse()) await end();
});

async function openFake(options: FakeSlackOptions = {}): Promise<FakeSlack> {
  const fake = await openFakeSlack(options);
  ends.push(fake.close);
  return fake;
}

async function openOn(fake: Pick<FakeSlack, "apiUrl">, options: DoorOptions = {}) {
  const door = await openDoor(fake, options);
  ends.push(door.close);
  return door;
}

const question = () => eventEnvelope(directMessage({ text: "who may supervise this work" }));

/** An address at which there is nobody, until a fake is opened at its port. */
async function nobodyYet(): Promise<{ readonly apiUrl: string; readonly port: number }> {
  const fake = await openFakeSlack();
  await fake.close();
  return { apiUrl: fake.apiUrl, port: Number(new URL(fake.apiUrl).port) };
}

/** Asks who we are, with waits that take no time; ends after so many. */
async function asked(fake: Pick<FakeSlack, "apiUrl">, { token = botToken, mostWaits = 50 } = {}) {
  const told: string[] = [];
  const waits: number[] = [];
  const logged: string[] = [];
  const found = await identify({
    token,
    api: { apiUrl: fake.apiUrl, log: () => {} },
    log: createLog((line) => logged.push(JSON.parse(line).code), Date.now),
    tell: (line) => told.push(line),
    pause: async (ms) => void waits.push(ms),
    isClosed: () => waits.length >= mostWaits,
  });
  return { name: found?.name ?? null, told, waits, logged };
}

describe("who we are", () => {
  test.each(["invalid_auth", "account_inactive", "token_revoked"])(
    "with a token that Slack refuses as %s, says which setting and where to get another, once, and tries again slowly",
    async (error) => {
      const fake = await openFake();
      fake.fail({ method: "auth.test", times: 3, kind: "refused", error });
      const { name, told, waits } = await asked(fake);
      expect(name).toBe("Acme");
      expect(told).toHaveLength(1);
      expect(told[0]).toMatch(
        new RegExp(`^Slack: off\\. .*SLACK_BOT_TOKEN \\(${error}\\).*https://api\\.slack\\.com/apps`),
      );
      expect(waits).toEqual([300_000, 300_000, 300_000]);
    },
  );

  test("never shows the token", async () => {
    const { told, logged } = await asked(await openFake(), { token: "xoxb-wrong", mostWaits: 2 });
    expect(told.join()).toContain("invalid_auth");
    expect(told.concat(logged).join()).not.toContain("xoxb-wrong");
  });

  test("is asked less and less often while Slack is away, and that is said once", async () => {
    const { name, told, waits } = await asked(await nobodyYet(), { mostWaits: 9 });
    expect({ name, told: told.length }).toEqual({ name: null, told: 1 });
    expect(told[0]).toContain("cannot be reached");
    expect(waits).toEqual([1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000, 60_000]);
  });

  test.each([
    ["an outage", { kind: "status", status: 503 }],
    ["a page of HTML", { kind: "html" }],
    ["half an answer", { kind: "truncated" }],
    ["10 MB", { kind: "huge", bytes: 10_000_000 }],
    ["a cut connection", { kind: "reset" }],
  ] as const)("is asked again after %s", async (_what, fault) => {
    const fake = await openFake();
    fake.fail({ method: "auth.test", times: 2, ...fault });
    const { name, told, waits } = await asked(fake);
    expect({ name, waits, told: told.length }).toEqual({ name: "Acme", waits: [1_000, 2_000], told: 1 });
  });

  test("is asked again when Slack says, after too many calls", async () => {
    const fake = await openFake();
    fake.fail({ method: "auth.test", kind: "limited", retryAfter: "45" });
    expect((await asked(fake)).waits).toEqual([45_000]);
  });

  test("tells the scopes that are missing, by name, and what to do", async () => {
    const [first = "", second = "", ...granted] = botScopes();
    const { name, told } = await asked(await openFake({ scopes: granted }));
    expect(name).toBe("Acme");
    expect(told).toHaveLength(1);
    expect(told[0]).toContain(`the app lacks ${first}, ${second}.`);
    expect(told[0]).toMatch(/manifest\/slack\.yaml.*https:\/\/api\.slack\.com\/apps/);
  });

  test("tells nothing where every scope was granted, and some more", async () => {
    expect((await asked(await openFake({ scopes: [...botScopes(), "users:write"] }))).told).toEqual([]);
  });
});

describe("the door", () => {
  test("with a wrong bot token is off, says so, and brings no event in", async () => {
    const fake = await openFake();
    const door = await openOn(fake, { botToken: "xoxb-wrong" });
    expect(door.said()).toMatch(/^Slack: off\. Slack refused SLACK_BOT_TOKEN \(invalid_auth\)/);
    expect((await door.event(question())).status).toBe(503);
    expect(fake.posted()).toEqual([]);
  });

  test("F12: with a wrong app token is off, and names it and the page", async () => {
    const door = await openOn(await openFake(), { intake: "socket", appToken: "xapp-wrong" });
    expect(door.said()).toMatch(/^Slack: off\. Slack refused SLACK_APP_TOKEN \(invalid_auth\).*api\.slack\.com\/apps/);
    expect(door.said() + door.logged()).not.toContain("xapp-wrong");
  });

  test("has events brought again until Slack has said who we are", async () => {
    const { apiUrl, port } = await nobodyYet();
    const door = await openOn({ apiUrl });
    expect(door.said()).toContain("cannot be reached");
    expect((await door.event(question())).status).toBe(503);
    const fake = await openFake({ port });
    await until("it is on", () => door.said().includes("Slack: on, workspace Acme, over HTTP"));
    expect((await door.event(question())).status).toBe(200);
    expect(fake.posted()).toHaveLength(1);
  });

  test("F11: connects when Slack gives an address at last, and says once that it could not", async () => {
    const fake = await openFake();
    fake.fail({ method: "apps.connections.open", times: 2, kind: "status", status: 503 });
    const door = await openOn(fake, { intake: "socket" });
    await until("it is on", () => door.said().includes("Slack: on"));
    expect(door.said().split("\n")).toEqual([
      "Slack: it cannot be reached at the moment. Trying again until it can.",
      "Slack: on, workspace Acme, by Socket Mode",
    ]);
  });

  test("says once that it is on, however often it has to connect", async () => {
    const fake = await openFake();
    const door = await openOn(fake, { intake: "socket" });
    fake.socket.cut();
    await until("the next connection", () => door.logged().match(/slack\.socket\.connected/g)?.length === 2);
    expect(door.said()).toBe("Slack: on, workspace Acme, by Socket Mode");
  });

  test("F12: whose app token is refused later says so, and goes on answering with what it has", async () => {
    const fake = await openFake();
    const door = await openOn(fake, { intake: "socket" });
    fake.fail({ method: "apps.connections.open", times: 9, kind: "refused", error: "token_revoked" });
    fake.socket.disconnect("warning");
    await until("it is told", () => door.said().includes("SLACK_APP_TOKEN (token_revoked)"));
    await fake.socket.send("events_api", question());
    expect(fake.posted()).toHaveLength(1);
    expect(fake.calls("apps.connections.open").at(-1)?.token).toBe(appToken);
  });
});
