/** Work in order, and no more of it than fits. */
import { describe, expect, test } from "vitest";
import { createQueue } from "#src/queue.ts";

/** A job that ends when it is told to. */
function held() {
  const { promise, resolve, reject } = Promise.withResolvers<void>();
  return { job: () => promise, end: resolve, fail: reject };
}

describe("a queue", () => {
  test("runs jobs of one key one after the other, in the order they came", async () => {
    const queue = createQueue({ most: 10, mostPerKey: 10 });
    const ran: number[] = [];
    const first = held();
    const done = [
      queue.add("a", () => first.job().then(() => void ran.push(1))),
      queue.add("a", async () => void ran.push(2)),
      queue.add("a", async () => void ran.push(3)),
    ];
    await Promise.resolve();
    expect(ran).toEqual([]);
    first.end();
    await Promise.all(done);
    expect(ran).toEqual([1, 2, 3]);
  });

  test("lets one key go on while another waits", async () => {
    const queue = createQueue({ most: 10, mostPerKey: 10 });
    const stuck = held();
    const waiting = queue.add("a", stuck.job);
    expect(await queue.add("b", async () => "b")).toBe("b");
    stuck.end();
    await waiting;
  });

  test("refuses what does not fit, by key and over all, and has room again afterwards", async () => {
    const queue = createQueue({ most: 3, mostPerKey: 2 });
    const jobs = [held(), held(), held()];
    const done = [queue.add("a", jobs[0]?.job ?? held().job), queue.add("a", jobs[1]?.job ?? held().job)];
    expect(queue.hasRoom("a")).toBe(false);
    expect(queue.add("a", held().job)).toBeNull();
    done.push(queue.add("b", jobs[2]?.job ?? held().job));
    expect(queue.hasRoom("c")).toBe(false);
    expect(queue.add("c", held().job)).toBeNull();
    for (const job of jobs) job.end();
    await Promise.all(done);
    expect(queue.hasRoom("a")).toBe(true);
    expect(await queue.add("a", async () => 1)).toBe(1);
  });

  test("goes on after a job that fails, and tells only whoever asked for that one", async () => {
    const queue = createQueue({ most: 10, mostPerKey: 10 });
    const bad = queue.add("a", () => Promise.reject(new Error("no")));
    const good = queue.add("a", async () => "good");
    await expect(bad).rejects.toThrow("no");
    expect(await good).toBe("good");
  });
});
