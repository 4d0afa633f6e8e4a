import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type Authenticate, createAuthenticator } from "#adapters/teams/authenticate.ts";
import { us } from "../helpers/teams/activities.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { signed } from "../helpers/teams/signing.ts";
import { accepted, announced, byTeams, claims, keys, refusedHeaders, refusedTokens, serviceUrl } from "./tokens.ts";

let microsoft: MicrosoftHere;
let authenticate: Authenticate;
const logged: unknown[] = [];
beforeAll(async () => {
  microsoft = await openMicrosoft();
  microsoft.keys.splice(0, microsoft.keys.length, ...announced);
  const { cloud } = microsoft;
  authenticate = createAuthenticator({ appId: us.appId, cloud, nowMs: Date.now, log: (event) => logged.push(event) });
});
afterAll(() => microsoft.close());

const activity = { serviceUrl, channelId: "msteams" };
const elsewhere = (): string => new URL("/forged/keys", microsoft.serviceUrl).href;

describe("T-07: who may write to us", () => {
  test("there are more than 60 cases, each with a name of its own", () => {
    const names = [...accepted, ...refusedTokens, ...refusedHeaders].map(([name]) => name);
    expect(names.length).toBeGreaterThanOrEqual(60);
    expect(new Set(names).size).toBe(names.length);
  });

  test.each(accepted)("accepted: %s", async (_, make) => {
    expect(await authenticate(`Bearer ${make(elsewhere())}`, activity)).toBe("valid");
  });

  test.each(refusedTokens)("refused: %s", async (_, make) => {
    expect(await authenticate(`Bearer ${make(elsewhere())}`, activity)).toBe("refused");
  });

  test.each(refusedHeaders)("refused: a header with %s", async (_, make) => {
    expect(await authenticate(make(), activity)).toBe("refused");
  });

  test.each([
    "",
    "slack",
    "webchat",
    "directline",
    "emulator",
    "MSTEAMS",
    "msteams ",
    "test",
    "AseChannel",
    "__proto__",
  ])("refused: the channel %j, whatever the token", async (channelId) => {
    expect(await authenticate(`Bearer ${byTeams()}`, { serviceUrl, channelId })).toBe("refused");
    expect(await authenticate(`Bearer ${signed(claims(), keys.plain)}`, { serviceUrl, channelId })).toBe("refused");
  });

  test("a right token says nothing about an activity from elsewhere", async () => {
    const from = (at: string) => authenticate(`Bearer ${byTeams()}`, { ...activity, serviceUrl: at });
    for (const at of ["https://evil.example/", `${serviceUrl}x`, serviceUrl.slice(0, -1), ""])
      expect(await from(at)).toBe("refused");
    expect(await from(serviceUrl)).toBe("valid");
  });

  test("no page but Microsoft's two was ever fetched, and nothing was logged", () => {
    expect(microsoft.calls().filter(({ what }) => what !== "openid" && what !== "keys")).toEqual([]);
    // Once at the start, and once for all the keys that nobody knows.
    expect(microsoft.calls("openid").length).toBe(2);
    expect(logged).toEqual([]);
  });
});

test("T-07: the clock that counts is the one it is given", async () => {
  let nowMs = Date.now();
  const { cloud } = microsoft;
  const later = createAuthenticator({ appId: us.appId, cloud, nowMs: () => nowMs, log: () => {} });
  const token = `Bearer ${byTeams()}`;
  expect(await later(token, activity)).toBe("valid");
  nowMs += 64 * 60_000;
  expect(await later(token, activity)).toBe("valid");
  nowMs += 2 * 60_000;
  expect(await later(token, activity)).toBe("refused");
});
