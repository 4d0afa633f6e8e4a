/** Several workspaces at once: each is answered with its own token, until the app is removed there. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { appUninstalled, eventEnvelope, tokensRevoked } from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { slashCommand } from "../helpers/slack/interactions.ts";
import { type Json, us } from "../helpers/slack/team.ts";
import {
  ask,
  birch,
  cedar,
  expectNotLogged,
  from,
  fromOrg,
  install,
  installForAll,
  kept,
  org,
  rows,
  several,
  tokensUsed,
} from "./several.ts";

let fake: FakeSlack;
let door: OpenDoor;
beforeEach(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake, { several });
});
afterEach(async () => {
  await door.close();
  await fake.close();
});

const tell = (event: Json, around: Json & { readonly team: string }) => door.event(eventEnvelope(event, around));

describe("a workspace", () => {
  test("is answered with its own token", async () => {
    const token = await install(door, fake, birch);
    expect((await ask(door, from(birch))).status).toBe(200);
    expect(tokensUsed(fake)).toEqual([token]);
    expect(fake.posted()).toMatchObject([{ team: birch.team, channel: `D${birch.team}` }]);
  });

  test("is never answered with the token of another, however many ask at once", async () => {
    const all = [us, birch, cedar];
    const tokens = new Map<string, string>();
    for (const one of all) tokens.set(one.team, await install(door, fake, one));
    const questions = Array.from({ length: 12 }, () => all).flat();
    await Promise.all(questions.map((one, at) => ask(door, from(one), `D${one.team}x${at % 6}`)));
    const calls = fake.calls("chat.postMessage");
    expect(calls).toHaveLength(questions.length);
    for (const { token, args } of calls)
      expect(token).toBe(tokens.get(String(args.channel).replace(/^D(.*)x\d$/, "$1")));
  });

  test("that has not installed it is acknowledged, and nothing is done", async () => {
    await install(door, fake, us);
    fake.clear();
    expect((await ask(door, from(birch))).status).toBe(200);
    expect((await door.command(slashCommand("/bearings", "themes", { team: birch.team }))).status).toBe(404);
    expect(fake.calls()).toEqual([]);
  });

  test("is answered as soon as it has installed it, also where it asked before", async () => {
    await ask(door, from(birch));
    const token = await install(door, fake, birch);
    await ask(door, from(birch));
    expect(tokensUsed(fake)).toEqual([token]);
  });

  test("that installs it anew is answered with the new token from then on", async () => {
    const old = await install(door, fake, birch);
    await ask(door, from(birch));
    fake.oauth.tokens.delete(old);
    const token = await install(door, fake, birch);
    await ask(door, from(birch));
    await ask(door, from(birch));
    expect(fake.posted()).toHaveLength(3);
    expect(tokensUsed(fake).at(-1)).toBe(token);
    expect(tokensUsed(fake).filter((used) => used === old).length).toBeLessThanOrEqual(2);
  });
});

describe("F8: a workspace from which the app is gone", () => {
  test.each([
    ["app_uninstalled", appUninstalled()],
    ["tokens_revoked, for the bot", tokensRevoked({ bot: [birch.botUser] })],
  ])("by %s is erased, and answered no more; another stays", async (_name, event) => {
    const token = await install(door, fake, birch);
    await install(door, fake, us);
    await ask(door, from(birch));
    fake.oauth.tokens.delete(token);
    expect((await tell(event, from(birch))).status).toBe(200);
    expect((await rows(door)).map(({ workspace }) => workspace)).toEqual([us.team]);
    fake.clear();
    expect((await ask(door, from(birch))).status).toBe(200);
    expect(fake.calls()).toEqual([]);
    await ask(door, from(us));
    expect(fake.posted().at(-1)).toMatchObject({ team: us.team });
    expectNotLogged(door, [token]);
  });

  test("is not erased for a person's token alone", async () => {
    await install(door, fake, birch);
    expect((await tell(tokensRevoked({ bot: [], oauth: ["U01ALICE"] }), from(birch))).status).toBe(200);
    expect(await rows(door)).toHaveLength(1);
    await ask(door, from(birch));
    expect(fake.posted()).toHaveLength(1);
  });

  test("is told of again and again without harm", async () => {
    fake.oauth.tokens.delete(await install(door, fake, birch));
    for (const _ of [1, 2, 3]) expect((await tell(appUninstalled(), from(birch))).status).toBe(200);
    expect(await rows(door)).toEqual([]);
  });

  test("and that has installed it anew is not erased by an event that comes late", async () => {
    const old = await install(door, fake, birch);
    await ask(door, from(birch));
    fake.oauth.tokens.delete(old);
    const token = await install(door, fake, birch);
    const aMinuteAgo = Math.floor(Date.now() / 1_000) - 60;
    expect((await tell(appUninstalled(), { ...from(birch), atSec: aMinuteAgo })).status).toBe(200);
    expect(await kept(door, birch)).toMatchObject({ token });
  });
});

describe("an organisation that installs it for all of its workspaces", () => {
  test("is kept under its own id, and each of its workspaces is answered", async () => {
    const token = await installForAll(door, fake);
    expect((await rows(door)).map(({ workspace }) => workspace)).toEqual([org.team]);
    for (const team of ["T11ONE", "T12TWO"]) await ask(door, fromOrg(team));
    await ask(door, { team: "T11ONE" });
    expect(tokensUsed(fake)).toEqual([token, token]);
  });

  test("answers no workspace of another organisation", async () => {
    await installForAll(door, fake);
    expect((await ask(door, fromOrg("T21OTHER", "E02OTHER"))).status).toBe(200);
    expect(fake.posted()).toEqual([]);
  });

  test("gives way to what one of its workspaces has installed itself", async () => {
    await installForAll(door, fake);
    const token = await install(door, fake, birch);
    await ask(door, fromOrg(birch.team));
    expect(tokensUsed(fake)).toEqual([token]);
  });

  test("F8: is erased when it removes the app, whichever of its workspaces tells", async () => {
    const token = await installForAll(door, fake);
    for (const team of ["T11ONE", "T12TWO"]) await ask(door, fromOrg(team));
    fake.oauth.tokens.delete(token);
    expect((await tell(appUninstalled(), fromOrg("T11ONE"))).status).toBe(200);
    expect(await rows(door)).toEqual([]);
    fake.clear();
    for (const team of ["T11ONE", "T12TWO"]) await ask(door, fromOrg(team));
    expect(fake.calls()).toEqual([]);
  });

  test("F8: stays when it takes the app from one of its workspaces", async () => {
    await installForAll(door, fake);
    expect((await tell(appUninstalled(), { team: "T11ONE", enterprise: org.team })).status).toBe(200);
    expect(await rows(door)).toHaveLength(1);
  });
});
