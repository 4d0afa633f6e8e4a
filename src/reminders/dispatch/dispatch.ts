/** Sends what is due: moves it into the ledger, claims it, tries it and notes what came of it, on any number of replicas. */
import { named } from "../../log.ts";
import { lateMs } from "../late.ts";
import type { Reminder } from "../reminder.ts";
import type { Advance, Ledger } from "../store.ts";
import type { Observed } from "./meters.ts";
import { openSender } from "./sender.ts";
import { createTry, type LedgerTime, leaseMs, type TryParts } from "./try.ts";

export type DispatchParts = Omit<TryParts, "chance"> & {
  readonly ledger: Pick<Ledger, "clock" | "tick" | "claim" | "record" | "nextMs">;
  readonly advance: (reminder: Reminder, nowMs: number) => Advance;
  /** Told of what came of each try, once it is noted. */
  readonly observe?: (event: Observed) => void;
  /** From 0 up to 1. */
  readonly chance?: () => number;
};

export type Dispatch = {
  /** Looks at once: something may have become due. */
  readonly wake: () => void;
  /** One turn at once: resolves when all that it took has been tried and noted. Rejects when the database is away. */
  readonly step: () => Promise<void>;
  /** Begins nothing more, ends what it has begun, and notes it; 15 seconds at most. Never rejects. */
  readonly close: () => Promise<void>;
};

const turnMs = 500;
const tickAtOnce = 200;
// Twice as many as are tried at a time, so that the next are there when these are on their way.
const claimAtOnce = 128;
const closeMs = 15_000;
const quietMs = 60_000;
const longestMs = 10_000;

/** Begins at once, and goes on until it is closed, whatever the database or a door does meanwhile. */
export function openDispatch(parts: DispatchParts): Dispatch {
  const { ledger, timers, observe = () => {}, chance = Math.random } = parts;
  const closing = new AbortController();
  const over = new AbortController();
  const bell = createBell(timers.sleep);
  const trouble = createTrouble(parts);
  const sender = openSender({
    record: ledger.record,
    tryOnce: createTry({ ...parts, chance }),
    observe,
    noted: bell.ring,
    isClosing: () => closing.signal.aborted,
    async failed(error, times) {
      trouble(error);
      await timers.sleep(backOff(times), over.signal);
      return !over.signal.aborted;
    },
  });
  const turn = createTurn(parts, sender);

  async function run(): Promise<void> {
    for (let failures = 0; !closing.signal.aborted; ) {
      const waitMs = await turn().then(
        (done) => {
          failures = 0;
          return done.waitMs;
        },
        (error: unknown) => {
          failures += 1;
          trouble(error);
          return backOff(failures);
        },
      );
      if (!closing.signal.aborted) await bell.wait(waitMs);
    }
    await sender.idle();
  }

  const running = run();
  return {
    wake: bell.ring,
    async step() {
      await Promise.all((await turn()).taken);
    },
    async close() {
      closing.abort(null);
      bell.ring();
      await Promise.race([running, timers.sleep(closeMs, over.signal)]);
      over.abort(null);
    },
  };
}

const backOff = (times: number): number => Math.min(longestMs, turnMs * 2 ** Math.min(times - 1, 10));

type Turn = { readonly waitMs: number; readonly taken: readonly Promise<void>[] };

/** One turn: what is due is queued, and as much is claimed as can be sent. Rejects when the database is away. */
function createTurn(
  { ledger, deliver, advance, timers }: DispatchParts,
  sender: ReturnType<typeof openSender>,
): () => Promise<Turn> {
  const doors = Object.keys(deliver);
  return async () => {
    const time = await readTime(ledger.clock, timers.monotonicMs);
    const nowMs = time.readMs;
    const moved = await ledger.tick(nowMs, tickAtOnce, advance);
    const most = doors.length === 0 ? 0 : Math.min(claimAtOnce, sender.room());
    const claimed = most <= 0 ? [] : await ledger.claim({ nowMs, leaseMs, lateMs, most, to: { doors } });
    const taken = claimed.map((one) => sender.send(one, time));
    if (moved === tickAtOnce || (most > 0 && claimed.length === most)) return { waitMs: 0, taken };
    const nextMs = await ledger.nextMs();
    // What is due already and was not taken now is somebody else's, or waits for a page to be opened.
    const waitMs = nextMs === null || nextMs <= nowMs ? turnMs : Math.min(turnMs, nextMs - time.nowMs());
    return { waitMs: Math.max(1, waitMs), taken };
  };
}

type ReadTime = LedgerTime & { readonly readMs: number };

/** Reads the ledger's clock, which is the only one that says what is due: the clock of this computer may be wrong. */
async function readTime(clock: Ledger["clock"], monotonicMs: () => number): Promise<ReadTime> {
  // Counted from before it was asked: what is thought to be left of a lease is then never too much.
  const askedMs = monotonicMs();
  const readMs = Math.floor(await clock());
  const sinceMs = (): number => Math.ceil(monotonicMs() - askedMs);
  return { readMs, sinceMs, nowMs: () => readMs + sinceMs() };
}

/** A wait that can be cut short, also before it has begun. */
function createBell(sleep: DispatchParts["timers"]["sleep"]) {
  let rung = new AbortController();
  return {
    ring: () => rung.abort(null),
    async wait(ms: number): Promise<void> {
      if (ms > 0 && !rung.signal.aborted) await sleep(ms, rung.signal);
      rung = new AbortController();
    },
  };
}

/** Tells of a database that is away, but not of each time that it is asked. */
function createTrouble({ log, timers }: DispatchParts): (error: unknown) => void {
  let untilMs = Number.NEGATIVE_INFINITY;
  let count = 0;
  return (error) => {
    count += 1;
    if (timers.monotonicMs() < untilMs) return;
    log({ level: "error", event: "reminders.database", ...named(error), count });
    untilMs = timers.monotonicMs() + quietMs;
    count = 0;
  };
}
