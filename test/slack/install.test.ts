/** The pages by which a workspace installs the app, as a browser sees them, and what is kept at their end. */
import { readdirSync, readFileSync } from "node:fs";
import { request } from "node:http";
import { join } from "node:path";
import { InstallProvider } from "@slack/oauth";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { botScopes } from "#adapters/slack/needs.ts";
import { words } from "#adapters/slack/words.ts";
import { safeHeaders } from "#src/refuse.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { clientId, clientSecret } from "../helpers/slack/fake-oauth.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { us } from "../helpers/slack/team.ts";
import {
  ask,
  begin,
  comeBack,
  expectNotLogged,
  from,
  install,
  kept,
  logLines,
  rows,
  several,
  visit,
} from "./several.ts";

let fake: FakeSlack;
let door: OpenDoor;
let dir: string;
beforeEach(async () => {
  fake = await openFakeSlack();
  dir = emptyFolder();
  door = await openDoor(fake, { several, where: { kind: "sqlite", dir } });
});
afterEach(async () => {
  vi.useRealTimers();
  await door.close();
  await fake.close();
});

/** What is on every answer of ours, and stays on these. */
const expectSafe = (headers: Headers) => {
  for (const [name, value] of Object.entries(safeHeaders)) expect([name, headers.get(name)]).toEqual([name, value]);
};

/** A page in words, with nothing in it that a browser would run. */
const expectPage = ({ status, text, headers }: Awaited<ReturnType<typeof visit>>, wanted: number, says: string) => {
  expect({ status, text, type: headers.get("content-type") }).toEqual({
    status: wanted,
    text: says,
    type: "text/plain; charset=utf-8",
  });
  expectSafe(headers);
};

describe("the install page", () => {
  test("leads to Slack with exactly the scopes that are needed, and a state that the browser keeps", async () => {
    const { status, headers, text } = await visit(door, "slack/install");
    const to = new URL(headers.get("location") ?? "");
    expect({ status, text, at: to.origin + to.pathname }).toEqual({
      status: 302,
      text: "",
      at: "https://slack.com/oauth/v2/authorize",
    });
    const { state = "", ...asked } = Object.fromEntries(to.searchParams);
    expect(asked).toEqual({ client_id: clientId, scope: botScopes().join(",") });
    expect(state).not.toBe("");
    // Secure: a browser sends it back through a tunnel with https, and keeps none from a page without.
    expect(headers.getSetCookie()).toEqual([`slack-app-oauth-state=${state}; Secure; HttpOnly; Path=/; Max-Age=600`]);
    expectSafe(headers);
  });

  test("gives each visitor another state", async () => {
    expect((await begin(door)).state).not.toBe((await begin(door)).state);
  });

  test("is there under the name of a tunnel, too", async () => {
    const { hostname, port } = new URL(door.server.url);
    const status = await new Promise((resolve, reject) => {
      const headers = { host: "bearings.example.org" };
      request({ hostname, port, path: "/slack/install", headers }, (answer) => {
        answer.resume();
        resolve(answer.statusCode);
      })
        .on("error", reject)
        .end();
    });
    expect(status).toBe(302);
  });
});

describe("coming back from Slack", () => {
  test("with a right code keeps the installation, sealed, and says so", async () => {
    const code = fake.oauth.grant(us, 43_200);
    const { state, cookie } = await begin(door);
    const page = await visit(door, `slack/oauth_redirect?${new URLSearchParams({ code, state })}`, cookie);
    expectPage(page, 200, words.installed);
    expect(page.headers.getSetCookie()).toEqual([expect.stringMatching(/^slack-app-oauth-state=deleted; .*Expires=/)]);
    const [call] = fake.calls("oauth.v2.access");
    expect(call).toMatchObject({ token: "", args: { code, client_id: clientId, client_secret: clientSecret } });
    const token = String(call?.answer?.access_token);
    expect(await kept(door)).toEqual({
      team: us.team,
      token,
      botUser: us.botUser,
      refreshToken: call?.answer?.refresh_token,
      expiresAtMs: expect.any(Number),
    });
    const [row, ...more] = await rows(door);
    expect(more).toEqual([]);
    expect(row?.sealed).toMatch(/^v1\.[A-Za-z0-9_-]+$/);
    expect(logLines(door)).toEqual([{ level: "info", event: "slack.installed" }]);
    expectNotLogged(door, [code, state, token, clientSecret]);
  });

  test("a second time puts the new installation in place of the old one", async () => {
    const old = await install(door, fake, us);
    const token = await install(door, fake, us);
    expect(token).not.toBe(old);
    expect(await rows(door)).toHaveLength(1);
    expect(await kept(door)).toMatchObject({ token, refreshToken: null, expiresAtMs: null });
  });

  test("is answered in the workspace from then on", async () => {
    await install(door, fake, us);
    await ask(door, from(us));
    expect(fake.posted()).toMatchObject([{ team: us.team }]);
  });
});

type Back = { readonly code: string; readonly state: string; readonly cookie: string };
type Wrong = (right: Back) => Promise<Partial<Record<"code" | "state" | "cookie" | "error", string>>>;

const withCookie = (state: string) => ({ state, cookie: `slack-app-oauth-state=${state}` });
const encoded = (value: unknown) => Buffer.from(JSON.stringify(value)).toString("base64url");

/** A state that somebody else signs, who knows all but the secret. */
async function foreignState(): Promise<string> {
  const theirs = new InstallProvider({ clientId, clientSecret, stateSecret: "theirs" });
  const url = await theirs.generateInstallUrl({ scopes: [...botScopes()] });
  return new URL(url).searchParams.get("state") ?? "";
}

/** A state that nobody signed. */
function unsignedState(): string {
  const claims = { installOptions: { scopes: [] }, now: new Date().toJSON() };
  return `${encoded({ alg: "none", typ: "JWT" })}.${encoded(claims)}.`;
}

describe("coming back wrongly is told in words, keeps nothing, and leaves a code in the log", () => {
  test.each<[string, Wrong]>([
    ["without a state", async () => ({ state: "" })],
    ["without the browser's cookie", async () => ({ cookie: "" })],
    ["with the state of another browser", async () => ({ cookie: (await begin(door)).cookie })],
    ["with a state that was changed", async ({ state }) => withCookie(`${state}x`)],
    ["with a state that somebody else signed", async () => withCookie(await foreignState())],
    ["with a state that nobody signed", async () => withCookie(unsignedState())],
    ["without a code", async () => ({ code: "" })],
    ["with a code that Slack does not know", async () => ({ code: "guessed" })],
    ["after pressing Cancel", async () => ({ error: "access_denied" })],
  ])("%s", async (_name, wrong) => {
    const { cookie: rightCookie, state: rightState } = await begin(door);
    const right = { code: fake.oauth.grant(us), state: rightState, cookie: rightCookie };
    const { cookie, ...query } = { ...right, ...(await wrong(right)) };
    const page = await visit(door, `slack/oauth_redirect?${new URLSearchParams(query)}`, cookie);
    expectPage(page, 400, words.notInstalled);
    expect(await rows(door)).toEqual([]);
    expect(logLines(door).at(-1)).toMatchObject({
      level: "warn",
      event: "slack.not-installed",
      code: expect.any(String),
    });
    expectNotLogged(door, [query.code, query.state, clientSecret]);
  });

  test("after more than ten minutes", async () => {
    vi.useFakeTimers({ toFake: ["Date"] });
    const { state, cookie } = await begin(door);
    const back = `slack/oauth_redirect?${new URLSearchParams({ code: fake.oauth.grant(us), state })}`;
    vi.setSystemTime(Date.now() + 602_000);
    expectPage(await visit(door, back, cookie), 400, words.notInstalled);
    expect(await rows(door)).toEqual([]);
    vi.setSystemTime(Date.now() - 10_000);
    expectPage(await visit(door, back, cookie), 200, words.installed);
  });

  test("with a code that was redeemed before", async () => {
    const code = fake.oauth.grant(us);
    await comeBack(door, code);
    const before = await rows(door);
    expectPage(await comeBack(door, code), 400, words.notInstalled);
    expect(await rows(door)).toEqual(before);
  });

  test.each([
    ["fails", { kind: "status", status: 500 } as const],
    ["says no", { kind: "refused", error: "bad_client_secret" } as const],
    ["cuts the connection", { kind: "reset" } as const],
    ["answers with a page", { kind: "html" } as const],
    ["gives a person's token alone", { kind: "refused", error: "none", more: personOnly() } as const],
  ])("when Slack %s", async (_name, fault) => {
    fake.fail({ method: "oauth.v2.access", ...fault });
    const code = fake.oauth.grant(us);
    expectPage(await comeBack(door, code), 400, words.notInstalled);
    expect(await rows(door)).toEqual([]);
    expectNotLogged(door, [code, "xoxp-of-a-person", clientSecret]);
  });

  test("and the code of Slack's refusal is in the log, for whoever runs it", async () => {
    fake.fail({ method: "oauth.v2.access", kind: "refused", error: "bad_client_secret" });
    await comeBack(door, fake.oauth.grant(us));
    expect(logLines(door).at(-1)).toMatchObject({ event: "slack.not-installed", code: "bad_client_secret" });
  });

  test("F31: when the database is away", async () => {
    await door.database.db.schema.dropTable("installs").execute();
    const code = fake.oauth.grant(us);
    expectPage(await comeBack(door, code), 400, words.notInstalled);
    expectNotLogged(door, [code, ...fake.oauth.tokens.keys()]);
  });
});

/** An answer without a bot. */
function personOnly() {
  const authed_user = { id: "U01ALICE", access_token: "xoxp-of-a-person", scope: "chat:write", token_type: "user" };
  return { ok: true, error: undefined, app_id: "A01APP", authed_user, team: { id: us.team }, enterprise: null };
}

test("T-23: the bytes of the database's files hold no token, and neither secret", async () => {
  const token = await install(door, fake, us, 43_200);
  const { refreshToken } = (await kept(door)) ?? {};
  const bytes = Buffer.concat(readdirSync(dir).map((name) => readFileSync(join(dir, name))));
  expect(bytes.includes(us.team)).toBe(true);
  for (const secret of [token, String(refreshToken), clientSecret, several.secretKey.toString("base64")])
    for (const form of [
      ...(["utf8", "utf16le"] as const).map((encoding) => Buffer.from(secret, encoding)),
      ...[0, 1, 2].map((shift) =>
        Buffer.from(
          Buffer.from(" ".repeat(shift) + secret)
            .toString("base64")
            .slice(4, -4),
        ),
      ),
      Buffer.from(Buffer.from(secret).toString("hex")),
    ])
      expect(bytes.includes(form)).toBe(false);
  expect(bytes.includes(several.secretKey)).toBe(false);
});
