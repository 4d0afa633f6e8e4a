/** The reply to danger is tried as a person would get it: what breaks on the way is seen before somebody needs it. */
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { openCrisisTest } from "#adapters/operations/crisis.ts";
import type { LogEvent } from "#src/log.ts";
import { plain } from "#src/plain.ts";
import type { Respond } from "#src/reply.ts";
import { openReal } from "../helpers/assistant.ts";

const { respond } = await openReal();
beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

const five = 5 * 60_000;

function open({
  answer = respond,
  draw = {},
}: {
  answer?: Respond;
  draw?: Parameters<typeof openCrisisTest>[0]["draw"];
} = {}) {
  const log: LogEvent[] = [];
  return { log, ...openCrisisTest({ respond: answer, draw, log: (event) => void log.push(event) }) };
}

test("it is ready from the first moment, without a word in the log", async () => {
  const { check, log, stop } = open({ draw: { slack: plain } });
  expect({ state: await check(), log }).toEqual({ state: { ok: true }, log: [] });
  stop();
});

describe("what is broken is told of with where, after five minutes at the latest, and is ready again when it works", () => {
  test("a door that cannot draw it", async () => {
    let draws: "well" | "throws" | "without numbers" = "well";
    const slack = (reply: Parameters<typeof plain>[0]): string => {
      if (draws === "throws") throw Object.assign(new Error("what somebody typed"), { code: "ERR_DRAW" });
      return draws === "well" ? plain(reply) : reply.say;
    };
    const { check, log, stop } = open({ draw: { slack } });
    for (const broken of ["throws", "without numbers"] as const) {
      draws = broken;
      vi.advanceTimersByTime(five);
      expect(await check()).toEqual({ ok: false, why: "slack" });
    }
    expect(log).toEqual([
      { level: "error", event: "crisis.self-test-threw", name: "Error", code: "ERR_DRAW" },
      { level: "error", event: "crisis.self-test-failed", code: "slack" },
      { level: "error", event: "crisis.self-test-failed", code: "slack" },
    ]);
    draws = "well";
    vi.advanceTimersByTime(five);
    expect(await check()).toEqual({ ok: true });
    stop();
  });

  test("an assistant that does not see danger, or throws", async () => {
    const hello: Respond = () => ({
      reply: { kind: "note", why: "greeting", say: "Hello.", asides: [], buttons: [] },
      lane: "none",
    });
    const throws: Respond = () => {
      throw new TypeError("broken");
    };
    for (const answer of [hello, throws]) {
      const { check, stop } = open({ answer });
      expect(await check()).toEqual({ ok: false, why: "reply" });
      stop();
    }
  });

  test("one that names nobody", async () => {
    const { check, stop } = open({
      answer: (turn) => {
        const response = respond(turn);
        return response.reply.kind === "crisis"
          ? { ...response, reply: { ...response.reply, contacts: [] } }
          : response;
      },
    });
    expect(await check()).toEqual({ ok: false, why: "reply" });
    stop();
  });
});
