import { describe, expect, test } from "vitest";
import { type Check, createReadiness } from "#src/readiness.ts";

const good: Check = async () => ({ ok: true, version: "abc" });
const failing =
  (error: unknown): Check =>
  async () =>
    Promise.reject(error);

describe("readiness", () => {
  test("is all parts, each with its figures; one that is off is absent", async () => {
    expect(await createReadiness({ knowledge: good })()).toEqual({
      ok: true,
      parts: { knowledge: { ok: true, version: "abc" } },
    });
    expect(await createReadiness({ reminders: async () => null })()).toEqual({ ok: true, parts: {} });
  });

  test("is not there when one part is not, and the others are still told", async () => {
    const bad: Check = async () => ({ ok: false, why: "overdue" });
    expect(await createReadiness({ knowledge: good, reminders: bad })()).toEqual({
      ok: false,
      parts: { knowledge: { ok: true, version: "abc" }, reminders: { ok: false, why: "overdue" } },
    });
  });

  test("gives the code of what a part fails with, and never its message", async () => {
    const coded = Object.assign(new Error("canary"), { code: "57P01" });
    const odd = Object.assign(new Error("canary"), { code: "canary with spaces" });
    const { parts } = await createReadiness({ a: failing(coded), b: failing(odd), c: failing("canary") })();
    expect(parts).toEqual({
      a: { ok: false, why: "57P01" },
      b: { ok: false, why: "failed" },
      c: { ok: false, why: "failed" },
    });
  });

  test("F33: does not wait for a part that stays silent, and asks it once however often it is asked", async () => {
    let asked = 0;
    const answers: (() => void)[] = [];
    const slow: Check = () => {
      asked += 1;
      return new Promise((resolve) => answers.push(() => resolve({ ok: true })));
    };
    const ready = createReadiness({ knowledge: good, storage: slow }, 10);
    const silent = {
      ok: false,
      parts: { knowledge: { ok: true, version: "abc" }, storage: { ok: false, why: "timeout" } },
    };
    expect(await ready()).toEqual(silent);
    expect(await Promise.all([ready(), ready()])).toEqual([silent, silent]);
    expect(asked).toBe(1);
    for (const answer of answers.splice(0)) answer();
    await new Promise(setImmediate);
    // That look is over, so the next one asks anew.
    const again = ready();
    for (const answer of answers) answer();
    expect(await again).toMatchObject({ ok: true });
    expect(asked).toBe(2);
  });
});
