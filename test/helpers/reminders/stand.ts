/** A dispatch whose time passes by hand, over a ledger in memory: for tests of one thing at a time. */

import type { LogEvent } from "#src/log.ts";
import { nextAfter } from "#src/reminders/calendar/calendar.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import { type Dispatch, openDispatch } from "#src/reminders/dispatch/dispatch.ts";
import type { Observed } from "#src/reminders/dispatch/meters.ts";
import type { Schedule } from "#src/reminders/reminder.ts";
import type { Claimed, Ledger } from "#src/reminders/store.ts";
import type { Deliver, Delivery, Reply } from "#src/reply.ts";
import type { Place } from "#src/turn.ts";
import { openMemoryStore, type Store } from "./memory-ledger.ts";
import { createVirtual, type Virtual } from "./virtual.ts";

/** Mondays at ten. The stand begins five seconds before the first. */
export const weekly: Schedule = {
  start: "2031-03-03T10:00",
  rule: "FREQ=WEEKLY",
  zone: "UTC",
  ends: { kind: "never" },
  skips: [],
  skipsHolidays: false,
};
export const firstMs = Date.UTC(2031, 2, 3, 10);

export const direct = (key: string): Place => ({ door: "dm", key, isPrivate: true });
export const channel = (key: string): Place => ({ door: "channel", key, isPrivate: false });

/** A try as the door saw it. */
export type Tried = {
  readonly place: string;
  readonly id: string;
  readonly triedMs: number | null;
  readonly atMs: number;
};

export type Stand = {
  readonly time: Virtual;
  readonly store: Store;
  readonly ledgerMs: () => number;
  /** Sets the ledger's clock. */
  readonly jump: (ms: number) => void;
  readonly tried: Tried[];
  readonly drawn: Claimed[];
  readonly log: LogEvent[];
  readonly observed: Observed[];
  /** What comes of the next tries, in their order; after these, all is sent. A number waits so long before. */
  readonly answers: (Delivery | Error | "hangs" | { readonly afterMs: number; readonly delivery: Delivery })[];
  readonly add: (id: string, place: Place, schedule?: Schedule) => Promise<void>;
  /** Begins another worker on the same ledger. `ledger` stands in for parts of it. */
  readonly open: (ledger?: Partial<Ledger>, draw?: (claimed: Claimed) => Reply) => Dispatch;
  /** Lets so many milliseconds pass. */
  readonly pass: (ms: number) => Promise<void>;
};

const note: Reply = { kind: "note", why: "reminder:due", say: "It is due.", asides: [], buttons: [] };

/** Builds one. */
export function openStand(): Stand {
  const time = createVirtual();
  let offsetMs = firstMs - 5_000;
  const ledgerMs = (): number => offsetMs + Math.floor(time.nowMs());
  const store = openMemoryStore(ledgerMs);
  const [tried, drawn, log, observed]: [Tried[], Claimed[], LogEvent[], Observed[]] = [[], [], [], []];
  const answers: Stand["answers"] = [];

  const deliver: Deliver = async (place, _reply, sending) => {
    tried.push({ place: place.key, ...sending, atMs: ledgerMs() });
    const answer = answers.shift() ?? { kind: "sent" };
    if (answer === "hangs") return new Promise(() => {});
    if (answer instanceof Error) throw answer;
    if (!("delivery" in answer)) return answer;
    await time.sleep(answer.afterMs);
    return answer.delivery;
  };

  return {
    time,
    store,
    ledgerMs,
    jump(ms) {
      offsetMs += ms;
    },
    tried,
    drawn,
    log,
    observed,
    answers,
    async add(id, place, schedule = weekly) {
      const next = nextAfter(schedule, ledgerMs(), new Set());
      const { reminders } = store;
      await reminders.add(
        { id, person: id, place, direct: direct(`${id}-own`), label: null, partner: null, schedule, next },
        ledgerMs(),
      );
    },
    open: (ledger = {}, draw = () => note) =>
      openDispatch({
        ledger: { ...store.ledger, ...ledger },
        deliver: { dm: deliver, channel: deliver },
        draw(claimed) {
          drawn.push(claimed);
          return draw(claimed);
        },
        advance: advanceWith(() => new Set()),
        log: (event) => void log.push(event),
        observe: (event) => void observed.push(event),
        chance: () => 0,
        timers: { sleep: time.sleep, monotonicMs: time.nowMs },
      }),
    pass: (ms) => time.runUntil(time.nowMs() + ms),
  };
}
