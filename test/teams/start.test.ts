/** The start: what whoever runs it is told, without secrets, and how it is asked again until Microsoft lets us send. */
import { afterEach, describe, expect, test } from "vitest";
import { start } from "#adapters/teams/start.ts";
import type { TeamsConfig } from "#src/teams-config.ts";
import { until } from "../helpers/slack/until.ts";
import { personalMessage, us, voted } from "../helpers/teams/activities.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { secret, type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const tenant = { kind: "tenant", appId: us.appId, tenantId: us.tenant } as const;
const withSecret: TeamsConfig = { ...tenant, credential: { kind: "secret", secret } };
const withCertificate: TeamsConfig = { ...tenant, credential: { kind: "certificate", pem: "PEM" } };

/** Asks a Microsoft that says these codes, one after the other, and then ok; ends after so many waits. */
async function asked(codes: readonly string[], config: TeamsConfig = withSecret, mostWaits = 99) {
  const [told, logged, waits]: [string[], unknown[], number[]] = [[], [], []];
  const stopping = new AbortController();
  let at = 0;
  const begun = start({
    config,
    connector: {
      ready: async () => {
        const code = codes[at];
        at += 1;
        return code === undefined ? "ok" : { code };
      },
    },
    tell: (line) => told.push(line),
    log: (event) => logged.push(event),
    pause: async (ms) => {
      waits.push(ms);
      if (waits.length >= mostWaits) stopping.abort();
    },
    signal: stopping.signal,
  });
  return { told, logged, waits, ready: await begun.ready, state: begun.state() };
}

describe("F29: Microsoft", () => {
  test("that does not answer is asked again from five seconds to five minutes, and told of once", async () => {
    const { told, waits, ready, state, logged } = await asked(Array.from({ length: 9 }, () => "login_unreachable"));
    expect(waits).toEqual([5, 10, 20, 40, 80, 160, 300, 300, 300].map((seconds) => seconds * 1_000));
    expect(told).toEqual([
      expect.stringContaining("cannot be reached"),
      `Teams: on, tenant ${us.tenant}, at /api/messages`,
    ]);
    expect([ready, state, logged.length]).toEqual([true, "on", 9]);
  });

  test.each([
    ["AADSTS7000215", withSecret, /TEAMS_APP_PASSWORD \(AADSTS7000215\): make a new client secret at https:/],
    ["AADSTS700027", withCertificate, /TEAMS_APP_CERTIFICATE \(AADSTS700027\): add the certificate at https:/],
    ["AADSTS700016", withSecret, /knows no such app \(AADSTS700016\): check TEAMS_APP_ID and TEAMS_TENANT_ID/],
  ])("that refuses us with %s is told of with what to do, and asked again", async (code, config, words) => {
    const { told, state, ready } = await asked([code, code, code], config, 2);
    expect(told).toEqual([expect.stringMatching(words)]);
    expect([state, ready]).toEqual(["refused", false]);
    expect(told.join()).not.toContain(secret);
    expect((await asked([code], config)).ready).toBe(true);
  });
});

test("F29: whoever stops it does not wait for a Microsoft that says nothing", async () => {
  const stopping = new AbortController();
  const begun = start({
    config: withSecret,
    connector: { ready: () => new Promise(() => {}) },
    tell: () => {},
    log: () => {},
    pause: async () => {},
    signal: stopping.signal,
  });
  stopping.abort();
  expect(await begun.ready).toBe(false);
});

describe("the whole door", () => {
  let stage: TeamsStage | null = null;
  let microsoft: MicrosoftHere | null = null;
  afterEach(async () => {
    await stage?.close();
    await microsoft?.close();
    [stage, microsoft] = [null, null];
  });

  test("F29: opens without Microsoft, and closes at once; what comes meanwhile is taken", async () => {
    microsoft = await openMicrosoft();
    microsoft.fail({ what: "token", kind: "status", status: 503, code: null, times: 99 });
    stage = await teamsStage({ microsoft, waits: false });
    await until("it is known", () => stage?.door.state() === "unreachable");
    expect((await stage.say(voted("like", "1"))).status).toBe(200);
    await stage.door.close();
    expect(await stage.door.ready).toBe(false);
    expect(stage.told() + stage.logged()).not.toContain(secret);
  });

  test("T-06: for the Playground is on at once", async () => {
    stage = await teamsStage({ config: { kind: "playground" } });
    expect(stage.told()).toMatch(/for the Agents Playground alone/);
    expect(await stage.door.ready).toBe(true);
    await stage.say(personalMessage("hello"), { token: null });
    expect(stage.posted()).toHaveLength(1);
  });
});
