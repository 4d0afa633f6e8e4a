/** Ten thousand reminders that fall due in one minute, beside as many jobs in a bare loop on the same engine. */
import { median } from "./measure.ts";
import { openBareLoop } from "./reminders-bare.ts";
import { startDispatch } from "./reminders-dispatch.ts";
import { openFilled, type Store } from "./reminders-stores.ts";
import { showGoal, showTable, times } from "./show.ts";

const count = 10_000;
const rounds = 3;
const minuteMs = 60_000;

/** Measures it on each engine, in turn with the bare loop. */
export async function burst(stores: readonly Store[]): Promise<void> {
  const figures = [];
  for (const store of stores) {
    const [one, fifty, ours]: [number[], number[], number[]] = [[], [], []];
    for (let round = 0; round < rounds; round += 1) {
      one.push(await bareRate(store, 1));
      fifty.push(await bareRate(store, 50));
      ours.push(await ourRate(store));
    }
    const to = (bare: readonly number[]) => median(ours.map((rate, at) => rate / (bare[at] ?? rate)));
    figures.push({ name: store.name, one, fifty, ours, toOne: to(one), toFifty: to(fifty) });
  }
  const shown = (rates: readonly number[]) => rates.map((rate) => rate.toFixed(0)).join(", ");
  showTable(
    `${count.toLocaleString("en-GB")} due in one minute, into a fake that takes all; a second, ${rounds} rounds`,
    ["", "bare loop, marks each", "marks 50 at once", "reminders", "to the first", "to the second"],
    figures.map(({ name, one, fifty, ours, toOne, toFifty }) => [
      name,
      ...[one, fifty, ours].map(shown),
      times(toOne),
      times(toFifty),
    ]),
  );
  console.log(
    "A kill has the second loop take effect again up to 50 times. Neither draws a message or knows a calendar.\n",
  );
  for (const { name, ours, toOne } of figures) {
    const rate = median(ours);
    showGoal(`at least 1,000 a second on ${name}`, rate >= 1_000, rate.toFixed(0));
    showGoal(`and at least 0.5 times a bare loop that marks each on ${name}`, toOne >= 0.5, times(toOne));
  }
}

async function bareRate(store: Store, atOnce: number): Promise<number> {
  const bare = await openBareLoop(await store.empty(), count, atOnce);
  let done = 0;
  const from = performance.now();
  await bare.drain(async () => {
    done += 1;
  });
  const tookMs = performance.now() - from;
  await bare.close();
  return checked(done, done) / (tookMs / 1_000);
}

async function ourRate(store: Store): Promise<number> {
  const dueMs = Math.floor(Date.now() / minuteMs) * minuteMs;
  const { database } = await openFilled(store, [
    { count, each: 1, nextMs: [0, 1, 2, 3].map(() => dueMs), prefix: "B" },
  ]);
  const delivered = new Set<string>();
  let noted = 0;
  const over = Promise.withResolvers<void>();
  const from = performance.now();
  const dispatch = startDispatch(database, {
    async deliver(_place, _reply, { id }) {
      delivered.add(id);
      return { kind: "sent" };
    },
    observe() {
      noted += 1;
      if (noted === count) over.resolve();
    },
  });
  await over.promise;
  const tookMs = performance.now() - from;
  await dispatch.close();
  await database.close();
  return checked(delivered.size, noted) / (tookMs / 1_000);
}

/** Rates of what was not done do not count. */
function checked(done: number, noted: number): number {
  if (done !== count || noted !== count) throw new Error(`${done} were delivered and ${noted} noted, of ${count}.`);
  return count;
}
