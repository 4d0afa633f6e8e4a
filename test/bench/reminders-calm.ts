/** The dispatch when there is little to do: what waiting costs, and how late it sends what falls due now and then. */
import { setTimeout as sleep } from "node:timers/promises";
import { median, percentile } from "./measure.ts";
import { startDispatch } from "./reminders-dispatch.ts";
import { type Filled, fill, personFor, placeFor, type Store } from "./reminders-stores.ts";
import { ms, percent, showGoal, showTable } from "./show.ts";

const idleMs = 20_000;
const spreadMs = 60_000;
const count = 600;

/** Measures both on a database where many are scheduled and none is due. */
export async function calm(store: Store, filled: Filled): Promise<void> {
  const share = await idle(filled);
  const lateMs = await lateness(filled);
  showTable(
    `With a million scheduled on ${store.name}`,
    ["", "nothing due, % of a core", `${count} due over 60 s: late p50, ms`, "p99", "most"],
    [[store.name, percent(share), ...[median(lateMs), percentile(lateMs, 99), Math.max(...lateMs)].map(ms)]],
  );
  showGoal(`waiting takes less than 1 % of a core on ${store.name}`, share < 0.01, percent(share));
  const p99 = percentile(lateMs, 99);
  showGoal(`99 of 100 are less than a second late on ${store.name}`, p99 < 1_000, `${ms(p99)} ms`);
}

/** Share of a core that this process takes while nothing is due. */
async function idle({ database }: Filled): Promise<number> {
  const dispatch = startDispatch(database, { deliver: async () => ({ kind: "sent" }), observe: () => {} });
  await sleep(2_000);
  const before = process.cpuUsage();
  const from = performance.now();
  await sleep(idleMs);
  const { user, system } = process.cpuUsage(before);
  const tookMs = performance.now() - from;
  await dispatch.close();
  return (user + system) / 1_000 / tookMs;
}

/** Milliseconds from when each falls due until the door is called. */
async function lateness({ where, database }: Filled): Promise<readonly number[]> {
  const firstMs = Date.now() + 3_000;
  const nextMs = Array.from({ length: count }, (_, at) => firstMs + Math.round((at * spreadMs) / count));
  await fill(where, database, { count, each: 1, nextMs, prefix: "calm" });
  const dueMs = new Map(nextMs.map((atMs, n) => [placeFor(personFor("calm", n)).key, atMs]));
  const lateMs: number[] = [];
  const over = Promise.withResolvers<void>();
  const dispatch = startDispatch(database, {
    async deliver({ key }) {
      lateMs.push(Date.now() - (dueMs.get(key) ?? Number.NaN));
      if (lateMs.length === count) over.resolve();
      return { kind: "sent" };
    },
    observe: () => {},
  });
  await over.promise;
  await dispatch.close();
  return lateMs;
}
