/** One answer to one message, with replicas that share a memory and a database that fails. */
import { describe, expect, test } from "vitest";
import { type Claim, createOnce, type Seen } from "#src/doors/once.ts";

const log = () => {};

/** What several replicas share. */
function shared() {
  const states = new Map<string, Claim>();
  const seen: Seen = {
    async claim(id) {
      const state = states.get(id);
      if (state !== undefined) return state;
      states.set(id, "working");
      return "yours";
    },
    async done(id) {
      states.set(id, "done");
    },
    async release(id) {
      states.delete(id);
    },
  };
  const replica = () => createOnce({ seen, nowMs: () => 0, log });
  return { states, seen, replica };
}

/** Work that counts itself, and ends as it is told to. */
function work(isOver = true) {
  const counted = { times: 0 };
  const run = async () => {
    counted.times += 1;
    return isOver;
  };
  return { counted, run };
}

test("what is brought again after it was answered is told of, by whichever replica", async () => {
  const { seen, told } = { ...shared(), told: [] as string[] };
  const replica = (name: string) => createOnce({ seen, nowMs: () => 0, log, repeated: () => void told.push(name) });
  const [one, other] = [replica("one"), replica("other")];
  await one.run("a", work().run);
  await settled();
  expect(told).toEqual([]);
  expect([one.isDone("a"), one.isDone("b"), other.isDone("a")]).toEqual([true, false, false]);
  expect([await one.run("a", work().run), await other.run("a", work().run)]).toEqual(["already", "already"]);
  expect(told).toEqual(["one", "one", "other"]);
});

const settled = () => new Promise((resolve) => setImmediate(resolve));

describe("once", () => {
  test("F1: the same id four times is worked on once", async () => {
    const once = shared().replica();
    const { counted, run } = work();
    expect([
      await once.run("a", run),
      await once.run("a", run),
      await once.run("a", run),
      await once.run("a", run),
    ]).toEqual(["done", "already", "already", "already"]);
    expect(counted.times).toBe(1);
  });

  test("F2: a second delivery joins the first while it is still at it", async () => {
    const once = shared().replica();
    const { promise, resolve } = Promise.withResolvers<boolean>();
    let times = 0;
    const slow = () => {
      times += 1;
      return promise;
    };
    const both = Promise.all([once.run("a", slow), once.run("a", slow)]);
    resolve(true);
    expect(await both).toEqual(["done", "done"]);
    expect(times).toBe(1);
  });

  test("F15: two replicas do the work once between them", async () => {
    const { replica } = shared();
    const [one, two] = [replica(), replica()];
    const { counted, run } = work();
    const results = await Promise.all([one.run("a", run), two.run("a", run)]);
    expect(results.toSorted()).toEqual(["done", "elsewhere"]);
    await settled();
    expect(await two.run("a", run)).toBe("already");
    expect(counted.times).toBe(1);
  });

  test("a restart does not do it again", async () => {
    const { replica } = shared();
    const { counted, run } = work();
    await replica().run("a", run);
    await settled();
    expect(await replica().run("a", run)).toBe("already");
    expect(counted.times).toBe(1);
  });

  test("work that did not get through is done when the id comes again", async () => {
    const { replica, states } = shared();
    const once = replica();
    expect(await once.run("a", work(false).run)).toBe("failed");
    await settled();
    expect(states.has("a")).toBe(false);
    expect(await once.run("a", work().run)).toBe("done");
  });

  test("work that throws releases the id and lets the error through", async () => {
    const { replica, states } = shared();
    const once = replica();
    await expect(once.run("a", () => Promise.reject(new Error("no")))).rejects.toThrow("no");
    await settled();
    expect(states.has("a")).toBe(false);
    expect(await once.run("a", work().run)).toBe("done");
  });

  test("F31: with the database down each id is still worked on, once for this process", async () => {
    const down: Seen = {
      claim: () => Promise.reject(new Error("down")),
      done: () => Promise.reject(new Error("down")),
      release: () => Promise.reject(new Error("down")),
    };
    const once = createOnce({ seen: down, nowMs: () => 0, log });
    const { counted, run } = work();
    expect([await once.run("a", run), await once.run("a", run), await once.run("b", run)]).toEqual([
      "done",
      "already",
      "done",
    ]);
    expect(counted.times).toBe(2);
  });

  test("F34: a database that does not answer is waited for once, and then left alone for a while", async () => {
    let asked = 0;
    let nowMs = 0;
    const hanging = () => {
      asked += 1;
      return new Promise<never>(() => {});
    };
    const seen: Seen = { claim: hanging, done: hanging, release: hanging };
    const once = createOnce({ seen, nowMs: () => nowMs, log, patienceMs: 5 });
    for (const id of ["a", "b", "c"]) expect(await once.run(id, work().run)).toBe("done");
    expect(asked).toBe(1);
    nowMs = 60_000;
    expect(await once.run("d", work().run)).toBe("done");
    expect(asked).toBe(2);
  });
});
