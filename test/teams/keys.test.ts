import { randomUUID } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { createKeys, type FindKey } from "#adapters/teams/keys.ts";
import { createLog } from "#src/log.ts";
import { until } from "../helpers/slack/until.ts";
import { type MicrosoftHere, openMicrosoft } from "../helpers/teams/cloud.ts";
import { createKey, jwkOf } from "../helpers/teams/signing.ts";

const hour = 60 * 60_000;
const [one, two] = [createKey("one"), createKey("two")];

let microsoft: MicrosoftHere;
let nowMs: number;
let logged: string[];
let find: FindKey;
beforeAll(async () => {
  microsoft = await openMicrosoft();
});
afterAll(() => microsoft.close());
beforeEach(() => {
  microsoft.clear();
  microsoft.keys.splice(0, microsoft.keys.length, one);
  [nowMs, logged] = [Date.now(), []];
  find = open();
});

const open = (patienceMs = 5_000, openIdUrl = microsoft.cloud.openIdUrl): FindKey =>
  createKeys({
    openIdUrl,
    nowMs: () => nowMs,
    log: createLog(
      (line) => logged.push(line),
      () => 0,
    ),
    patienceMs,
  });
/** How often the keys were fetched, or tried to be. */
const fetches = () => microsoft.calls("openid").length;
const away = (times = 1_000) => microsoft.fail({ what: "*", kind: "status", status: 503, times });
/** The answer, without the key itself. */
const found = async (kid: string) => {
  const key = await find(kid);
  return typeof key === "string" ? key : key.endorsements;
};

describe("F28: keys that can be had", () => {
  test("nothing is fetched before a key is wanted, and then once for all", async () => {
    expect(fetches()).toBe(0);
    expect(await Promise.all(Array.from({ length: 50 }, () => found("one")))).toEqual(
      Array.from({ length: 50 }, () => ["msteams", "webchat"]),
    );
    expect(microsoft.calls().map(({ what }) => what)).toEqual(["openid", "keys"]);
  });

  test("they are not fetched again within twelve hours, and then aside", async () => {
    await find("one");
    nowMs += 12 * hour - 1;
    await find("one");
    expect(fetches()).toBe(1);
    nowMs += 1;
    microsoft.keys.push(two);
    // The one that is kept is good; nobody waits.
    microsoft.fail({ what: "openid", kind: "slow", ms: 50 });
    expect(await found("one")).toEqual(["msteams", "webchat"]);
    expect(microsoft.calls("keys").length).toBe(1);
    await until("they are fetched", () => microsoft.calls("keys").length === 2);
    await until("the new one is known", async () => (await find("two")) !== "unknown");
    expect(fetches()).toBe(2);
  });

  test("rotated: a key that nobody knows is looked for, and one that is gone is not believed any more", async () => {
    await find("one");
    microsoft.keys.splice(0, 1, two);
    expect(await found("two")).toEqual(["msteams", "webchat"]);
    expect(await found("one")).toBe("unknown");
  });

  test("an endorsement is kept as it is said, and none where none is", async () => {
    microsoft.keys.push({ ...two, kid: "a", endorsements: ["directline"] }, { ...two, kid: "b", endorsements: null });
    expect([await found("a"), await found("b")]).toEqual([["directline"], []]);
  });
});

describe("T-08: keys that nobody knows", () => {
  test("10,000 of them cost two fetches", async () => {
    const all = Array.from({ length: 10_000 }, () => find(randomUUID()));
    expect(new Set(await Promise.all(all))).toEqual(new Set(["unknown"]));
    for (let count = 0; count < 100; count += 1) expect(await find(randomUUID())).toBe("unknown");
    expect(fetches()).toBeLessThanOrEqual(2);
    expect(microsoft.calls("keys").length).toBeLessThanOrEqual(2);
  });

  test("one in five minutes is looked for", async () => {
    await find("one");
    for (const [minutes, expected] of [
      [0, 2],
      [4.99, 2],
      [0.02, 3],
      [1, 3],
      [4, 4],
    ] as const) {
      nowMs += minutes * 60_000;
      expect(await find(randomUUID())).toBe("unknown");
      expect(fetches()).toBe(expected);
    }
  });

  test("the names of an object's own are keys like any other", async () => {
    for (const kid of ["__proto__", "constructor", "toString", ""]) expect(await find(kid)).toBe("unknown");
  });
});

describe("T-08 and F28: Microsoft does not answer", () => {
  test("a known key is good for a day, and not for longer", async () => {
    await find("one");
    away();
    for (const hours of [2, 11, 10]) {
      nowMs += hours * hour;
      expect(await found("one")).toEqual(["msteams", "webchat"]);
    }
    nowMs += hour;
    expect(await found("one")).toBe("unavailable");
  });

  test("without any key it is unavailable, and asked again ten seconds later", async () => {
    away(1);
    expect(await found("one")).toBe("unavailable");
    nowMs += 9_999;
    expect(await found("one")).toBe("unavailable");
    expect(fetches()).toBe(1);
    nowMs += 1;
    expect(await found("one")).toEqual(["msteams", "webchat"]);
    expect(fetches()).toBe(2);
    expect(logged.map((line) => JSON.parse(line))).toMatchObject([
      { event: "teams.keys-unavailable", code: "http_503" },
    ]);
  });

  test("a key that nobody knows may be a new one then, which nobody can say", async () => {
    await find("one");
    away(1);
    expect(await found("two")).toBe("unavailable");
    expect(await found("two")).toBe("unavailable");
    expect(await found("one")).toEqual(["msteams", "webchat"]);
    microsoft.keys.push(two);
    nowMs += 5 * 60_000;
    expect(await found("two")).toEqual(["msteams", "webchat"]);
  });

  test("a flood in the meantime asks once in ten seconds", async () => {
    away();
    for (let second = 0; second < 30; second += 1) {
      await Promise.all(Array.from({ length: 20 }, () => find(randomUUID())));
      nowMs += 1_000;
    }
    expect(fetches()).toBe(3);
  });

  test("a clock that is set back does not make it wait for longer", async () => {
    away(1);
    await find("one");
    nowMs -= hour;
    expect(await found("one")).toEqual(["msteams", "webchat"]);
  });

  test.each(["openid", "keys"] as const)("slow %s: after its time it is unavailable", async (what) => {
    microsoft.fail({ what, kind: "hang" });
    find = open(60);
    expect(await found("one")).toBe("unavailable");
    expect(logged.join()).toContain("TimeoutError");
  });

  test("cut off: unavailable", async () => {
    microsoft.fail({ what: "keys", kind: "reset" });
    expect(await found("one")).toBe("unavailable");
  });

  test("nobody there: unavailable, and nothing says where that was", async () => {
    find = open(5_000, "http://127.0.0.1:9/secret-path");
    expect(await found("one")).toBe("unavailable");
    expect(logged.join()).not.toMatch(/127|secret/);
  });
});

describe("F28: wrong content leaves what is kept", () => {
  const json = (value: unknown) => ({ kind: "body", status: 200, body: JSON.stringify(value) }) as const;
  const elsewhere = "https://evil.example/keys";
  test.each([
    ["a page of HTML", { what: "openid", kind: "html" }],
    ["keys as HTML", { what: "keys", kind: "html" }],
    ["an empty answer", { what: "keys", kind: "body", status: 200, body: "" }],
    ["null", { what: "openid", ...json(null) }],
    ["a list", { what: "keys", ...json([jwkOf(two)]) }],
    ["no address of keys", { what: "openid", ...json({ issuer: "x" }) }],
    ["an address that is none", { what: "openid", ...json({ jwks_uri: "nowhere" }) }],
    ["an address of another scheme", { what: "openid", ...json({ jwks_uri: elsewhere }) }],
    ["a file for an address", { what: "openid", ...json({ jwks_uri: "file:///etc/hostname" }) }],
    [
      "data for an address",
      { what: "openid", ...json({ jwks_uri: `data:application/json,${JSON.stringify({ keys: [jwkOf(two)] })}` }) },
    ],
    ["no keys at all", { what: "keys", ...json({ keys: [] }) }],
    [
      "keys that are none",
      { what: "keys", ...json({ keys: [null, 1, "x", [], {}, { kty: "RSA" }, { ...jwkOf(two), n: "" }] }) },
    ],
    [
      "keys of another kind",
      { what: "keys", ...json({ keys: [{ kty: "oct", kid: "two", k: "AAAA", alg: "HS256" }] }) },
    ],
    ["keys for another use", { what: "keys", ...json({ keys: [{ ...jwkOf(two), use: "enc" }] }) }],
    ["keys for another way of signing", { what: "keys", ...json({ keys: [{ ...jwkOf(two), alg: "PS256" }] }) }],
    ["far more than keys", { what: "keys", ...json({ keys: [jwkOf(two)], more: "x".repeat(300_000) }) }],
    ["another status", { what: "keys", kind: "body", status: 201, body: JSON.stringify({ keys: [jwkOf(two)] }) }],
    ["a redirect", { what: "keys", kind: "body", status: 302, body: "", headers: { location: "/elsewhere" } }],
  ] as const)("%s", async (_, fault) => {
    await find("one");
    microsoft.fail(fault);
    expect(await found("two")).toBe("unavailable");
    expect(await found("one")).toEqual(["msteams", "webchat"]);
    expect(microsoft.calls("other")).toEqual([]);
    for (const line of logged) expect(line.length).toBeLessThan(200);
  });

  test("one good key among others that are not is enough", async () => {
    const keys = [{ ...jwkOf(two), n: "!" }, { kid: "x" }, jwkOf(two), { ...jwkOf(one), kid: "two" }];
    microsoft.fail({ what: "keys", ...json({ keys }) });
    expect(await found("two")).toEqual(["msteams", "webchat"]);
  });
});
