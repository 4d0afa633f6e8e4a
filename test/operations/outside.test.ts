/** What `doctor` asks of Slack and Microsoft: each found, refused, away or slow, and never with a secret in it. */

import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, describe, expect, test } from "vitest";
import { slackLines } from "#adapters/slack/check.ts";
import { botScopes } from "#adapters/slack/needs.ts";
import { teamsLines } from "#adapters/teams/check.ts";
import { aheadBy, type CheckLine, clockLine } from "#src/check-line.ts";
import type { SlackConfig } from "#src/platform-config.ts";
import type { TeamsConfig } from "#src/teams-config.ts";
import { selfSigned } from "../helpers/certificate.ts";
import { run } from "../helpers/command.ts";
import { us } from "../helpers/teams/activities.ts";
import { openMicrosoft } from "../helpers/teams/cloud.ts";

const ends: (() => unknown)[] = [];
afterEach(async () => {
  for (const end of ends.splice(0)) await end();
});

const short = (lines: readonly CheckLine[]) => lines.map(({ check, status }) => `${check} ${status}`);
const secret = "xoxb-canary";

/** A Slack that says this to whatever it is asked. */
async function slackSays(json: unknown, headers: Readonly<Record<string, string>> = {}) {
  const asked: (string | undefined)[] = [];
  const server = createServer((request, response) => {
    asked.push(`${request.url} ${request.headers.authorization}`);
    response.writeHead(200, { "content-type": "application/json", ...headers }).end(JSON.stringify(json));
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  ends.push(() => void server.close());
  return { asked, apiUrl: `http://127.0.0.1:${(server.address() as AddressInfo).port}/api/` };
}
const one = (apiUrl: string): SlackConfig => ({
  apiUrl,
  workspaces: { kind: "one", botToken: secret },
  intake: { kind: "socket", appToken: "xapp-canary" },
});
const scopes = (more: readonly string[] = [], less: readonly string[] = []) => ({
  "x-oauth-scopes": [...botScopes().filter((scope) => !less.includes(scope)), ...more].join(","),
});

describe("Slack", () => {
  const fit = ["slack ok", "clock, Slack ok", "slack token ok"];

  test("that knows us, with what the manifest asks for", async () => {
    const { apiUrl, asked } = await slackSays({ ok: true }, scopes());
    expect(short(await slackLines(one(apiUrl)))).toEqual([...fit, "slack scopes ok"]);
    expect(asked).toEqual([`/api/auth.test Bearer ${secret}`]);
  });

  test("that grants less than that is an error, and more a warning; what looks like no scope is not printed", async () => {
    const { apiUrl: less } = await slackSays({ ok: true }, scopes([], ["chat:write"]));
    expect((await slackLines(one(less))).at(-1)).toMatchObject({ status: "error", says: "the app lacks chat:write." });
    const { apiUrl: more } = await slackSays({ ok: true }, scopes(["admin", "<canary>"]));
    const line = (await slackLines(one(more))).at(-1);
    expect(line).toMatchObject({ status: "warning", says: "the app may do more than it needs: admin." });
  });

  test.each([
    [{ ok: false, error: "invalid_auth" }, "invalid_auth"],
    [{ ok: false, error: "<canary> canary" }, "unreadable"],
    [null, "unreadable"],
  ])("that says %j does not take the token", async (said, code) => {
    const { apiUrl } = await slackSays(said);
    const lines = await slackLines(one(apiUrl));
    expect(lines.at(-1)).toMatchObject({ check: "slack token", status: "error" });
    expect(lines.at(-1)?.says).toContain(`(${code})`);
    expect(JSON.stringify(lines)).not.toContain("canary");
  });

  test("that is away, or says nothing, is an error with its host", async () => {
    const away = await slackLines(one("http://127.0.0.1:2/api/"));
    expect(away).toEqual([expect.objectContaining({ check: "slack", status: "error" })]);
    expect(away[0]?.says).toBe("127.0.0.1 cannot be reached (ECONNREFUSED).");
    const silent = createServer(() => {});
    await once(silent.listen(0, "127.0.0.1"), "listening");
    ends.push(
      () => silent.closeAllConnections(),
      () => void silent.close(),
    );
    const apiUrl = `http://127.0.0.1:${(silent.address() as AddressInfo).port}/`;
    expect((await slackLines(one(apiUrl), { patienceMs: 50 }))[0]?.says).toContain("(TimeoutError)");
  });

  test("with several workspaces is only reached for, and no token goes there", async () => {
    const { apiUrl, asked } = await slackSays({ ok: true });
    const secretKey = Buffer.alloc(32);
    const workspaces = { kind: "many", clientId: "1", clientSecret: "canary", secretKey } as const;
    const lines = await slackLines({ ...one(apiUrl), workspaces });
    expect([short(lines), asked]).toEqual([["slack ok", "clock, Slack ok"], ["/api/api.test undefined"]]);
  });
});

test("F51: a clock that is ten seconds off is told of, and one of five minutes is an error where a platform would refuse us", () => {
  const status = (whose: "the database" | "Slack", aheadMs: number) => clockLine(whose, aheadMs).status;
  expect([9_000, -9_000, 11_000, -11_000, 299_000, 301_000, -301_000].map((ms) => status("Slack", ms))).toEqual([
    "ok",
    "ok",
    "warning",
    "warning",
    "warning",
    "error",
    "error",
  ]);
  expect([9_000, 301_000].map((ms) => status("the database", ms))).toEqual(["ok", "warning"]);
  expect(clockLine("Slack", -61_000).says).toBe("Slack's clock is 61 seconds behind this computer's.");
  const at = Date.parse("2026-11-22T10:00:00Z");
  expect(aheadBy("Sun, 22 Nov 2026 10:01:00 GMT", at, at + 1_000)).toBe(60_000);
  expect([aheadBy(null, at, at), aheadBy("canary", at, at)]).toEqual([null, null]);
});

describe("Microsoft", () => {
  const tenant = { kind: "tenant", appId: us.appId, tenantId: us.tenant } as const;
  const withSecret: TeamsConfig = { ...tenant, credential: { kind: "secret", secret: "canary" } };
  const withCertificate = (days: number): TeamsConfig => {
    const { certificate, key } = selfSigned(days);
    return { ...tenant, credential: { kind: "certificate", pem: `${certificate}\n${key}` } };
  };
  async function asked(
    config: TeamsConfig,
    fail: (here: Awaited<ReturnType<typeof openMicrosoft>>) => void = () => {},
  ) {
    const here = await openMicrosoft();
    ends.push(here.close);
    fail(here);
    return teamsLines(config, { cloud: here.cloud, connectorUrl: here.serviceUrl });
  }
  const hosts = ["teams ok", "teams ok"];

  test("that lets us send; when the secret ends is said where to look up", async () => {
    const lines = await asked(withSecret);
    expect(short(lines)).toEqual([...hosts, "teams token ok", "clock, Microsoft ok", "teams secret ok"]);
    expect(lines.at(-1)?.says).toContain("https://portal.azure.com");
    expect(JSON.stringify(lines)).not.toContain("canary");
  });

  test("a certificate is good for so many more days, and a month before its end that is a warning", async () => {
    expect((await asked(withCertificate(31.5))).at(-1)).toMatchObject({
      status: "ok",
      says: "it is good for 31 more days.",
    });
    expect((await asked(withCertificate(1.5))).at(-1)).toMatchObject({
      status: "warning",
      says: "it is good for 1 more day.",
      fix: expect.stringContaining("TEAMS_APP_CERTIFICATE"),
    });
  });

  test("that refuses us, or is away, is an error with a code", async () => {
    const error = { error: "invalid_client", error_description: "AADSTS7000215: canary", error_codes: [7_000_215] };
    const refused = await asked(withSecret, (here) =>
      here.fail({ what: "token", kind: "body", status: 401, body: JSON.stringify(error), type: "application/json" }),
    );
    expect(refused[2]).toMatchObject({
      check: "teams token",
      status: "error",
      says: expect.stringContaining("AADSTS7000215"),
    });
    expect(JSON.stringify(refused)).not.toContain("canary");
    const nobody = "http://127.0.0.1:1/";
    const cloud = { openIdUrl: nobody, loginUrl: "http://127.0.0.1:1", audience: "x" };
    const away = await teamsLines(withSecret, { cloud, connectorUrl: nobody });
    expect(short(away)).toEqual(["teams error", "teams error", "teams token error", "teams secret ok"]);
  });

  test("is not asked for the Playground", async () => {
    expect(await teamsLines({ kind: "playground" })).toEqual([]);
  });
});

test("the command asks, and ends with 1 where Slack does not let us in", async () => {
  const { apiUrl } = await slackSays({ ok: false, error: "account_inactive" });
  const env = { SLACK_API_URL: apiUrl, SLACK_BOT_TOKEN: secret, SLACK_APP_TOKEN: "xapp-canary" };
  const { code, out } = await run(["doctor"], { env });
  expect(out).toMatch(/^error {4}slack token: Slack refuses SLACK_BOT_TOKEN \(account_inactive\)\./m);
  expect({ code, leaks: out.includes("canary") }).toEqual({ code: 1, leaks: false });
});
