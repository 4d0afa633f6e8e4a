/** How the cost of a turn and of a list grows from a thousand reminders to a million. */
import type { Claimed } from "#src/reminders/store.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { median, percentile } from "./measure.ts";
import { advance } from "./reminders-dispatch.ts";
import { door, type Filled, openFilled, personFor, type Store } from "./reminders-stores.ts";
import { ms, showGoal, showTable, times } from "./show.ts";

export const million = 1_000_000;
const thousand = 1_000;
const each = 4;
// In every round so many fall due together.
const few = 5;
const rounds = 150;
const warmUp = 30;
const minuteMs = 60_000;
const dayMs = 24 * 60 * minuteMs;

type Times = { readonly turn: number[]; readonly list: number[] };
type Sized = Filled & { readonly count: number; readonly times: Times };

/** Measures it on one engine, both sizes in turn, and leaves the larger one open. */
export async function scale(store: Store): Promise<Filled> {
  const baseMs = Math.floor(Date.now() / minuteMs) * minuteMs + dayMs;
  const small = await openSized(store, baseMs, thousand);
  console.log(`${store.name} is filled with a million reminders, which takes a minute or so.`);
  const large = await openSized(store, baseMs, million);
  for (let round = 0; round < rounds; round += 1)
    for (const sized of round % 2 === 0 ? [small, large] : [large, small]) {
      const isCounted = round >= warmUp;
      const turnMs = await turn(sized, baseMs + round * minuteMs);
      const listMs = await list(sized, round);
      if (isCounted) sized.times.turn.push(turnMs);
      if (isCounted) sized.times.list.push(listMs);
    }
  show(store, small.times, large.times);
  await small.database.close();
  return large;
}

async function openSized(store: Store, baseMs: number, count: number): Promise<Sized> {
  const later = Array.from({ length: 1_000 }, (_, at) => baseMs + 2 * dayMs + at * 17 * minuteMs);
  const soon = Array.from({ length: rounds }, (_, at) => baseMs + at * minuteMs);
  const filled = await openFilled(store, [
    { count, each, nextMs: later, prefix: "later" },
    { count: few * rounds, each: 1, nextMs: soon, prefix: "soon" },
  ]);
  return { ...filled, count, times: { turn: [], list: [] } };
}

/** Milliseconds of a tick and a claim. */
async function turn({ database }: Sized, nowMs: number): Promise<number> {
  const ledger = openLedger(database);
  const from = performance.now();
  const moved = await ledger.tick(nowMs, 200, advance);
  const claimed = await ledger.claim({ nowMs, leaseMs: minuteMs, lateMs: dayMs, most: 50, to: { doors: [door] } });
  const tookMs = performance.now() - from;
  if (moved !== few || claimed.length !== few) throw new Error(`${moved} were moved and ${claimed.length} claimed.`);
  await ledger.record(claimed.map((one) => sent(one, nowMs)));
  return tookMs;
}

const sent = ({ occurrence, fence }: Claimed, atMs: number) => ({
  id: occurrence.id,
  fence,
  outcome: { kind: "sent", atMs, isAsked: false } as const,
});

/** Milliseconds of a list, of somebody else each time. */
async function list({ database, count }: Sized, round: number): Promise<number> {
  const person = personFor("later", (round * 7_919) % (count / each));
  const from = performance.now();
  const found = await openReminderStore(database).list(person);
  const tookMs = performance.now() - from;
  if (found.length !== each) throw new Error(`${found.length} were listed.`);
  return tookMs;
}

function show({ name }: Store, small: Times, large: Times): void {
  const kinds = ["turn", "list"] as const;
  const ratio = (kind: "turn" | "list") => median(large[kind]) / median(small[kind]);
  showTable(
    `A thousand and a million scheduled on ${name}; ms`,
    ["", "1,000: p50", "p95", "1,000,000: p50", "p95", "by the median"],
    kinds.map((kind) => [
      kind === "turn" ? `a tick and a claim, ${few} due` : "the list of one person",
      ...[small, large].flatMap((one) => [ms(median(one[kind])), ms(percentile(one[kind], 95))]),
      times(ratio(kind)),
    ]),
  );
  showGoal(
    `a million cost at most twice as much as a thousand on ${name}`,
    Math.max(...kinds.map(ratio)) <= 2,
    `${times(ratio("turn"))} a turn, ${times(ratio("list"))} a list`,
  );
}
