/** The connection of Socket Mode: lost, refused, about to end, silent, with a clock that the tests turn. */
import { afterEach, describe, expect, test } from "vitest";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { slashCommand } from "../helpers/slack/interactions.ts";
import { until } from "../helpers/slack/until.ts";
import { closeAll, connected, greetingMs, leavingMs, open, openFake, openSilent } from "./one-socket.ts";

afterEach(closeAll);

const event = eventEnvelope(directMessage({ text: "who may supervise this work" }));

describe("F10: a connection", () => {
  test("that Slack cuts is opened again a moment later", async () => {
    const fake = await openFake();
    const { told, waits } = open(fake.apiUrl);
    await connected(told);
    fake.socket.cut();
    await connected(told, 2);
    expect(told).toEqual(["connected", "lost", "connected"]);
    expect(waits).toEqual([750]);
    expect((await fake.socket.send("events_api", event)).envelopeId).not.toBe("");
  });

  test("that Slack is about to close is used until the next one is open, so that nothing falls between", async () => {
    const fake = await openFake();
    const answer = Promise.withResolvers<void>();
    const { told, waits, clock, pass } = open(fake.apiUrl, {
      receive: async () => {
        await answer.promise;
        return { kind: "taken", say: { text: "late" } };
      },
    });
    await connected(told);
    clock.nowMs = 3_600_000;
    const ack = fake.socket.send("slash_commands", slashCommand("/bearings", "themes"));
    fake.socket.disconnect("warning");
    await connected(told, 2);
    expect({ now: fake.socket.connections(), waits, told }).toEqual({
      now: 2,
      waits: [],
      told: ["connected", "connected"],
    });
    answer.resolve();
    expect((await ack).payload).toEqual({ text: "late" });
    pass(leavingMs);
    await until("the old connection is gone", () => fake.socket.connections() === 1);
    expect(fake.asked()).toBe(2);
  });

  test("that Slack wants to close again and again is not opened in a hurry", async () => {
    const fake = await openFake();
    const { waits } = open(fake.apiUrl, { stopAtMs: 600_000, tell: () => fake.socket.disconnect("link_disabled") });
    await until("the tenth try", () => fake.asked() >= 10);
    expect(waits.slice(0, 7)).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000]);
  });

  test("on which pings are no longer answered is given up", async () => {
    const silent = await openSilent();
    const { told } = open(silent.apiUrl, { pings: { oursMs: 60, theirsMs: 30_000 } });
    await connected(told, 2);
    expect(told.slice(0, 3)).toEqual(["connected", "lost", "connected"]);
    expect(silent.opened()).toBeGreaterThanOrEqual(2);
  });

  test("that is never greeted is given up after a while", async () => {
    const fake = await openFake();
    fake.socket.greet(false);
    const { told, pass } = open(fake.apiUrl);
    await until("a connection", () => fake.socket.connections() === 1);
    fake.socket.greet(true);
    pass(greetingMs);
    await connected(told);
    expect(told).toEqual(["lost", "connected"]);
    await until("the first one is gone", () => fake.socket.connections() === 1);
  });

  test("that is not let in is tried again", async () => {
    const fake = await openFake();
    fake.socket.refuse(503);
    const { told } = open(fake.apiUrl);
    await until("three tries", () => fake.asked() >= 3);
    fake.socket.refuse(null);
    await connected(told);
    expect(told.at(-1)).toBe("connected");
  });
});

describe("F11: while Slack gives no address to connect to", () => {
  test.each([
    ["503", { kind: "status", status: 503 }],
    ["internal_error", { kind: "refused", error: "internal_error" }],
    ["a page of HTML", { kind: "html" }],
    ["no answer at all", { kind: "reset" }],
  ] as const)(
    "with %s, it is asked at most 20 times in ten minutes, and the wait grows to a minute",
    async (_what, fault) => {
      const fake = await openFake();
      fake.fail({ method: "apps.connections.open", times: 1_000, ...fault });
      const { told, waits, clock, pending, pass } = open(fake.apiUrl, { stopAtMs: 600_000 });
      await until("ten minutes", () => clock.nowMs > 500_000 && pending().some((ms) => clock.nowMs + ms > 600_000));
      expect(fake.asked()).toBeLessThanOrEqual(20);
      expect(waits.slice(0, 8)).toEqual([750, 1_500, 3_000, 6_000, 12_000, 24_000, 45_000, 45_000]);
      fake.clear();
      // The first call may still go out on a connection that was cut.
      await until("the connection", () => {
        pass(45_000);
        return told.includes("connected");
      });
    },
  );

  test("the waits of two replicas differ", async () => {
    const fake = await openFake();
    fake.fail({ method: "apps.connections.open", times: 7, kind: "status", status: 503 });
    const { told, waits } = open(fake.apiUrl, { random: () => 0.96 });
    await connected(told);
    expect(waits).toEqual([990, 1_980, 3_960, 7_920, 15_840, 31_680, 59_400]);
  });

  test("with 429, it waits as long as Slack says", async () => {
    const fake = await openFake();
    fake.fail({ method: "apps.connections.open", kind: "limited", retryAfter: "120" });
    const { told, waits } = open(fake.apiUrl);
    await connected(told);
    expect(waits).toEqual([120_000]);
  });
});

describe("F12: a token that Slack refuses", () => {
  test.each(["invalid_auth", "token_revoked", "account_inactive", "team_disabled"])(
    "%s, is told, and tried again every five minutes until it is good",
    async (error) => {
      const fake = await openFake();
      fake.fail({ method: "apps.connections.open", times: 2, skip: 1, kind: "refused", error });
      const { told, waits } = open(fake.apiUrl);
      await connected(told);
      fake.socket.cut();
      await connected(told, 2);
      expect(told).toEqual(["connected", "lost", `refused: ${error}`, `refused: ${error}`, "connected"]);
      expect(waits).toEqual([750, 300_000, 300_000]);
    },
  );
});
