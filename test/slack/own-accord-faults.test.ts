/** Messages of our own accord when something goes wrong: one try each, and what comes of it. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import type { Called } from "#adapters/slack/api.ts";
import { words } from "#adapters/slack/words.ts";
import type { Delivery } from "#src/reply.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import type { Fault } from "../helpers/slack/faults.ts";
import { us } from "../helpers/slack/team.ts";
import { again, openOwn, toAlice, toChannel } from "./own.ts";

let fake: FakeSlack;
beforeEach(async () => {
  fake = await openFakeSlack();
});
afterEach(() => fake.close());

const open = (parts: Parameters<typeof openOwn>[1] = {}) => openOwn(fake, parts);

const posts = () => fake.calls("chat.postMessage").length;

describe("one try:", () => {
  const retry = (afterMs: number): Delivery => ({ kind: "retry", afterMs });
  const unknown = (canLook: boolean): Delivery => ({ kind: "unknown", canLook });
  const refused = (error: string): Fault => ({ kind: "refused", error });
  const outcomes: readonly (readonly [string, Fault, Delivery])[] = [
    ["F16: a limit", { kind: "limited", retryAfter: "7" }, retry(7_000)],
    ["F16: a limit of a day", { kind: "limited", retryAfter: "86400" }, retry(900_000)],
    ["F16: a limit in words", refused("ratelimited"), retry(30_000)],
    ["F17: an error", { kind: "status", status: 500 }, retry(5_000)],
    ["F17: Slack is away", { kind: "status", status: 503 }, retry(5_000)],
    ...["internal_error", "fatal_error"].map((code) => [`F17: ${code}`, refused(code), unknown(false)] as const),
    ...["service_unavailable", "request_timeout", "token_expired", "invalid_auth"].map(
      (code) => [`F17: ${code}`, refused(code), retry(5_000)] as const,
    ),
    ["F18: its answer is cut off", { kind: "reset", when: "after" }, unknown(false)],
    ["F18: no answer", { kind: "hang", when: "after" }, unknown(false)],
    ["F18: a gateway gives up", { kind: "status", status: 504, when: "after" }, unknown(false)],
    ["F18: a gateway fails", { kind: "status", status: 502, when: "after" }, unknown(false)],
    ["F19: no answer, and nothing landed", { kind: "hang" }, unknown(false)],
    ["F20: an answer that is none", { kind: "html" }, unknown(false)],
    ["F20: half an answer", { kind: "truncated", when: "after" }, unknown(false)],
    ...["channel_not_found", "is_archived", "not_in_channel", "restricted_action", "some_new_code"].map(
      (code) => [`F21: ${code}`, refused(code), { kind: "gone", why: code }] as const,
    ),
    ...["token_revoked", "account_inactive"].map(
      (code) => [`F8: ${code}`, refused(code), { kind: "gone", why: code }] as const,
    ),
  ];

  test.each(outcomes)("%s", async (_what, fault, expected) => {
    const { send, waited } = await open();
    fake.fail({ method: "chat.postMessage", times: 9, ...fault });
    expect(await send(toChannel)).toEqual(expected);
    expect({ posts: posts(), waited }).toEqual({ posts: 1, waited: [] });
  });

  test.each([500, 503])("F17: %i where a look tells: it is looked for before another try", async (status) => {
    const { send } = await open();
    fake.fail({ method: "chat.postMessage", times: 9, kind: "status", status, when: "after" });
    expect(await send(toAlice)).toEqual(unknown(true));
  });

  test("F16: a limit holds that channel and no other, and nobody waits for it here", async () => {
    const { send, waited } = await open();
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "600" });
    await send(toChannel);
    expect(await send(toChannel)).toEqual(retry(600_000));
    expect(await send(toAlice)).toEqual({ kind: "sent" });
    expect({ posts: posts(), waited }).toEqual({ posts: 2, waited: [] });
  });

  test("a turn of more than two seconds is waited for by whoever asked", async () => {
    const { send, waited } = await open();
    for (const _ of [1, 2, 3]) expect(await send(toChannel)).toEqual({ kind: "sent" });
    expect(await send(toChannel)).toEqual(retry(3_000));
    expect(waited).toEqual([1_000, 2_000]);
  });

  test.each(["msg_too_long", "msg_blocks_too_long", "invalid_blocks"])(
    "F22: one that Slack finds too long or wrong (%s) goes as words alone",
    async (error) => {
      const { send } = await open();
      fake.fail({ method: "chat.postMessage", kind: "refused", error });
      expect(await send()).toEqual({ kind: "sent" });
      expect(fake.posted()).toMatchObject([{ blocks: [], text: "Supervision is due." }]);
    },
  );

  test("F22: and one whose words Slack will not have either is gone", async () => {
    const { send } = await open();
    fake.fail({ method: "chat.postMessage", kind: "refused", error: "msg_too_long", times: 3 });
    expect(await send()).toEqual({ kind: "gone", why: "msg_too_long" });
    expect(posts()).toBe(2);
  });
});

describe("before the try:", () => {
  const opening: readonly (readonly [string, Fault, Delivery])[] = [
    ["F16: a limit", { kind: "limited", retryAfter: "9" }, { kind: "retry", afterMs: 9_000 }],
    ["F17: an error", { kind: "status", status: 502 }, { kind: "retry", afterMs: 5_000 }],
    ["F18: no answer, which harms nobody here", { kind: "reset", when: "after" }, { kind: "retry", afterMs: 5_000 }],
    [
      "F21: a person who is deactivated",
      { kind: "refused", error: "user_disabled" },
      { kind: "gone", why: "user_disabled" },
    ],
    ["F21: nobody of that id", { kind: "refused", error: "user_not_found" }, { kind: "gone", why: "user_not_found" }],
    [
      "F8: a token that is revoked",
      { kind: "refused", error: "token_revoked" },
      { kind: "gone", why: "token_revoked" },
    ],
  ];
  test.each(opening)("when the direct message is opened, %s", async (_what, fault, expected) => {
    const { send } = await open();
    fake.fail({ method: "conversations.open", ...fault });
    expect(await send()).toEqual(expected);
    expect(posts()).toBe(0);
  });

  test("F8: a workspace that the app has left is gone", async () => {
    const { send } = await open({ workspaces: { find: async () => null, erase: async () => {} } });
    expect(await send()).toEqual({ kind: "gone", why: "not_installed" });
  });

  test("F32: a database that is away, or a token that is being renewed, is for later", async () => {
    const find = () => Promise.reject(new Error("away"));
    const { send } = await open({ workspaces: { find, erase: async () => {} } });
    expect(await send()).toEqual({ kind: "retry", afterMs: 5_000 });
  });

  test("what has taken too long is left to another try, so that whoever waits is not waited for", async () => {
    let nowMs = 0;
    const { send } = await open({
      nowMs: () => {
        nowMs += 11_000;
        return nowMs;
      },
    });
    expect(await send()).toEqual({ kind: "retry", afterMs: 1_000 });
    expect(posts()).toBe(0);
  });
});

describe("F18: another try", () => {
  test("in a direct message looks first: what has landed is not sent again", async () => {
    const { send } = await open();
    fake.fail({ method: "chat.postMessage", kind: "reset", when: "after" });
    expect(await send()).toEqual({ kind: "unknown", canLook: true });
    expect(await send(toAlice, again())).toEqual({ kind: "sent" });
    expect(fake.posted()).toHaveLength(1);
  });

  test("sends it where it never landed, without a word about it", async () => {
    const { send } = await open();
    fake.fail({ method: "chat.postMessage", kind: "reset" });
    await send();
    expect(await send(toAlice, again())).toEqual({ kind: "sent" });
    expect(fake.posted().map(({ text }) => text)).toEqual(["Supervision is due."]);
  });

  test("looks through every page since ten minutes before the first, and no further", async () => {
    const { send } = await open({ gapMs: 0 });
    await send();
    for (let n = 0; n < 40; n += 1) await send(toAlice, { id: `later-${n}`, triedMs: null });
    fake.memory.longestPage = 15;
    const triedMs = Date.now() - 5_000;
    expect(await send(toAlice, { id: "occ-1", triedMs })).toEqual({ kind: "sent" });
    expect(fake.posted()).toHaveLength(41);
    const looks = fake.calls("conversations.history");
    expect(looks).toHaveLength(3);
    expect(looks[0]?.args).toMatchObject({ oldest: String(Math.floor((triedMs - 600_000) / 1_000)) });
    expect(looks.map(({ args }) => args.cursor)).toEqual([undefined, "next:15", "next:30"]);
  });

  test.each<readonly [string, Fault, Delivery]>([
    ["an error", { kind: "status", status: 500 }, { kind: "retry", afterMs: 5_000 }],
    ["no answer", { kind: "hang" }, { kind: "retry", afterMs: 5_000 }],
    ["a limit", { kind: "limited", retryAfter: "60" }, { kind: "retry", afterMs: 60_000 }],
    ["a token that has ended", { kind: "refused", error: "token_expired" }, { kind: "retry", afterMs: 5_000 }],
    ["a token that is revoked", { kind: "refused", error: "token_revoked" }, { kind: "gone", why: "token_revoked" }],
  ])("that cannot look for %s sends nothing", async (_what, fault, expected) => {
    const { send } = await open();
    fake.fail({ method: "conversations.history", ...fault });
    expect(await send(toAlice, again())).toEqual(expected);
    expect(posts()).toBe(0);
  });

  test("in a channel, where nobody can look, says that it may be there twice", async () => {
    const { send } = await open();
    expect(await send(toChannel, again())).toEqual({ kind: "sent" });
    expect(fake.calls("conversations.history")).toEqual([]);
    expect(fake.posted()[0]?.text).toContain(words.maybeTwice);
    expect(JSON.stringify(fake.posted()[0]?.blocks)).toContain(words.maybeTwice);
  });

  describe("that may never look, for want of a right,", () => {
    const refused: Fault = { kind: "refused", error: "missing_scope" };
    const begun = (ms: number) => ({ id: "occ-1", triedMs: Date.now() - ms });

    test("waits until ten minutes after the first, as in a channel", async () => {
      const { send } = await open({ nowMs: () => 1_800_000_000_000 });
      fake.fail({ method: "conversations.history", ...refused });
      const sending = { id: "occ-1", triedMs: 1_800_000_000_000 - 15_000 };
      expect(await send(toAlice, sending)).toEqual({ kind: "retry", afterMs: 585_000 });
      expect(posts()).toBe(0);
    });

    test.each([
      ["ten minutes later", 600_000],
      ["or where our clock says that the first has not been yet", -5_000],
    ])("then says that it may be there twice: %s", async (_when, ms) => {
      const { send } = await open();
      fake.fail({ method: "conversations.history", ...refused });
      expect(await send(toAlice, begun(ms))).toEqual({ kind: "sent" });
      expect(fake.posted()[0]?.text).toContain(words.maybeTwice);
    });

    test("and says that it could not look, where nobody knows of the repeat either", async () => {
      const { send } = await open();
      fake.fail({ method: "conversations.history", ...refused });
      fake.fail({ method: "chat.postMessage", kind: "reset", when: "after" });
      expect(await send(toAlice, begun(600_000))).toEqual({ kind: "unknown", canLook: false });
    });
  });

  test("that looked and found nothing can be looked for again", async () => {
    const { send } = await open();
    fake.fail({ method: "chat.postMessage", kind: "reset" });
    expect(await send(toAlice, again())).toEqual({ kind: "unknown", canLook: true });
  });
});

test("a call that says ok is believed, whatever stands in it", async () => {
  const ok: Called = { kind: "ok", data: {} };
  const installed = { ...us, token: "", call: async () => ok };
  const { send } = await open({ workspaces: { find: async () => installed, erase: async () => {} } });
  expect(await send(toChannel)).toEqual({ kind: "sent" });
  // Without a channel there is no direct message to write to.
  expect(await send()).toEqual({ kind: "retry", afterMs: 5_000 });
});
