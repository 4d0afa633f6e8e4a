/** Several workspaces, for tests: a browser that installs, people who ask from one of them, and what is kept of them. */
import { expect } from "vitest";
import { openInstalls } from "#src/storage/installs.ts";
import type { OpenDoor } from "../helpers/slack/door.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { clientId, clientSecret } from "../helpers/slack/fake-oauth.ts";
import type { FakeSlack } from "../helpers/slack/fake-slack.ts";
import { type Identity, type Json, us } from "../helpers/slack/team.ts";

/** For `openDoor`. */
export const several = { clientId, clientSecret, secretKey: Buffer.alloc(32, 7) } as const;

/** Two more workspaces, and an organisation that installs the app for all of its own. */
export const birch: Identity = { team: "T02BIRCH", teamName: "Birch", botUser: "U0BIRCHBOT", botId: "B0BIRCH" };
export const cedar: Identity = { team: "T03CEDAR", teamName: "Cedar", botUser: "U0CEDARBOT", botId: "B0CEDAR" };
export const org: Identity = { team: "E01ORG", teamName: "Org", botUser: "U0ORGBOT", botId: "B0ORG" };

/** A page of the door's, as a browser gets it that follows no redirect. */
export async function visit(door: OpenDoor, path: string, cookie: string | null = null) {
  const response = await fetch(`${door.server.url}${path}`, {
    redirect: "manual",
    headers: cookie === null ? {} : { cookie },
  });
  return { status: response.status, text: await response.text(), headers: response.headers };
}

/** Opens the install page: the state, and the cookie to come back with. */
export async function begin(door: OpenDoor) {
  const { headers } = await visit(door, "slack/install");
  const state = new URL(headers.get("location") ?? "").searchParams.get("state") ?? "";
  return { state, cookie: headers.get("set-cookie")?.split(";")[0] ?? "" };
}

/** Comes back from Slack with a code. */
export async function comeBack(door: OpenDoor, code: string) {
  const { state, cookie } = await begin(door);
  return visit(door, `slack/oauth_redirect?${new URLSearchParams({ code, state })}`, cookie);
}

/** Installs the app in a workspace, and gives its token. With `livesSec` the token ends and can be renewed. */
export async function install(door: OpenDoor, fake: FakeSlack, whose: Identity, livesSec?: number): Promise<string> {
  const before = new Set(fake.oauth.tokens.keys());
  const { status } = await comeBack(door, fake.oauth.grant(whose, livesSec));
  expect(status).toBe(200);
  return [...fake.oauth.tokens.keys()].find((token) => !before.has(token)) ?? "";
}

/** Installs the app for the whole organisation, and gives its token. */
export async function installForAll(door: OpenDoor, fake: FakeSlack): Promise<string> {
  const token = "xoxb-for-all-of-the-organisation";
  fake.oauth.tokens.set(token, org);
  fake.fail({ method: "oauth.v2.access", kind: "refused", error: "none", more: orgAnswer(token) });
  expect((await comeBack(door, "any")).status).toBe(200);
  return token;
}

/** What Slack answers at the end of an org-wide installation: no team. */
const orgAnswer = (token: string): Json => ({
  ok: true,
  error: undefined,
  app_id: "A01APP",
  authed_user: { id: "U01ALICE" },
  scope: "chat:write",
  token_type: "bot",
  access_token: token,
  bot_user_id: org.botUser,
  team: null,
  enterprise: { id: org.team, name: org.teamName },
  is_enterprise_install: true,
});

/** Around an event: of a workspace with an installation of its own, or of one that belongs to the organisation. */
export const from = ({ team, botUser }: Identity) => ({ team, botUser });
export const fromOrg = (team: string, enterprise: string = org.team) => ({
  team,
  enterprise,
  more: {
    authorizations: [
      { enterprise_id: enterprise, team_id: null, user_id: org.botUser, is_bot: true, is_enterprise_install: true },
    ],
  },
});

let count = 0;
/** Asks a question in a direct message, another each time. The channel is that of one person of one workspace. */
export function ask(door: OpenDoor, around: { readonly team: string }, channel = `D${around.team}`) {
  count += 1;
  const ts = `1700000200.${String(count).padStart(6, "0")}`;
  const said = { text: "who may supervise this work", ts, channel, team: around.team };
  return door.event(eventEnvelope(directMessage(said), around));
}

/** The tokens with which messages were posted, in their order. */
export const tokensUsed = (fake: FakeSlack): readonly string[] =>
  fake.calls("chat.postMessage").map(({ token }) => token);

/** Every row of installations. */
export const rows = ({ database }: OpenDoor) =>
  database.db.selectFrom("installs").selectAll().orderBy("workspace").execute();

/** What is kept of a workspace, unsealed; null where nothing is. */
export async function kept({ database }: OpenDoor, { team }: Identity = us): Promise<Json | null> {
  const record = await openInstalls(database, several.secretKey).get("slack", team);
  return record === null ? null : (JSON.parse(record) as Json);
}

/** The lines of the log, without their times. Fails where one has a field that could hold words. */
export function logLines(door: OpenDoor): readonly Json[] {
  const lines = door.logged() === "" ? [] : door.logged().split("\n");
  return lines.map((line) => {
    const { at: _, ...rest } = JSON.parse(line) as Json;
    for (const name of Object.keys(rest)) expect(["level", "event", "code", "name", "count", "ms"]).toContain(name);
    return rest;
  });
}

/** Fails where the log holds one of these, or `?`, which stands for something that was no code. */
export function expectNotLogged(door: OpenDoor, secrets: readonly string[]): void {
  for (const secret of secrets.filter((one) => one !== "")) expect(door.logged()).not.toContain(secret);
  expect(door.logged()).not.toContain('"?"');
}
