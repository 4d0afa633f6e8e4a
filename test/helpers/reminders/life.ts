/** The life of one worker of a simulation: the real dispatch over a database that fails, until it is killed or closed. */
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import { type Dispatch, openDispatch } from "#src/reminders/dispatch/dispatch.ts";
import type { Claimed, Ledger } from "#src/reminders/store.ts";
import type { Reply } from "#src/reply.ts";
import type { Chat, Drawn } from "./fake-chat.ts";
import { addAmbiguous, between, type World } from "./world.ts";

export type Life = {
  readonly number: number;
  isDead: boolean;
  readonly kill: () => void;
  /** Ends it in peace; resolves when it is over, or never where it is killed meanwhile. */
  readonly close: () => Promise<void>;
};

export type LifeParts = {
  readonly ledger: Ledger;
  readonly chat: Chat;
  readonly draw: (claimed: Claimed, nowMs: number) => Reply;
};

const never = <T>(): Promise<T> => new Promise(() => {});

const databaseError = (): Error => Object.assign(new Error("the database is away"), { code: "ECONNRESET" });

/** Begins a life. It may end at any call to the database, before or after that has done its work. */
export function beginLife(world: World, number: number, parts: LifeParts): Life {
  const { time, chance } = world;
  const life: Life = { number, isDead: false, kill, close };
  let failures = 0;

  function kill(): void {
    if (life.isDead) return;
    world.tell(`life ${number} is killed`);
    life.isDead = true;
    excuse();
  }

  /** What it has claimed may never be noted, by no fault of its own. */
  function excuse(): void {
    for (const claim of world.open.values()) if (claim.life === number) claim.excuse = true;
  }

  async function call<T>(work: () => Promise<T>): Promise<T> {
    const { weather } = world;
    await wait(chance() < weather.slowDatabase ? between(chance, 2_000, 50_000) : between(chance, 0, 15));
    if (life.isDead) return never();
    if (chance() < weather.crash / 2) kill();
    if (life.isDead) return never();
    if (time.nowMs() < world.awayUntilMs || chance() < weather.failsBefore) throw failed();
    world.isAsked = true;
    const result = await work().catch(() => {
      throw failed();
    });
    world.isAsked = false;
    failures = 0;
    if (chance() < weather.crash / 2) kill();
    await wait(chance() < weather.slowDatabase ? between(chance, 2_000, 50_000) : between(chance, 0, 15));
    if (life.isDead) return never();
    if (chance() >= weather.failsAfter) return result;
    excuse();
    throw databaseError();
  }

  /** Now and then a failure costs no lease; many in a row do. */
  function failed(): Error {
    world.isAsked = false;
    failures += 1;
    if (failures > 3) excuse();
    return databaseError();
  }

  /** A database that takes long uses up leases. */
  async function wait(ms: number): Promise<void> {
    if (ms > 1_000) excuse();
    await time.sleep(ms);
  }

  const ledger = watched(world, number, parts.ledger);
  const dispatch: Dispatch = openDispatch({
    ledger: {
      clock: () => call(ledger.clock),
      tick: (...how) => call(() => ledger.tick(...how)),
      claim: (how) => call(() => ledger.claim(how)),
      record: (results) => call(() => ledger.record(results)),
      nextMs: () => call(ledger.nextMs),
    },
    deliver: { dm: parts.chat.deliverFor(life), channel: parts.chat.deliverFor(life) },
    draw: parts.draw,
    advance: advanceWith(() => new Set()),
    chance,
    log: logFor(world),
    timers: {
      monotonicMs: time.nowMs,
      // Timers are late: a loop that is busy, and a simulation that is not to take all day.
      async sleep(ms, signal) {
        const lateMs = ms > 1_000 ? 0 : between(chance, 0, world.weather.crash === 0 ? 12_000 : 6_000);
        await time.sleep(ms + lateMs, signal);
        return life.isDead ? never() : undefined;
      },
    },
  });

  async function close(): Promise<void> {
    world.tell(`life ${number} is closed`);
    await dispatch.close();
    if (life.isDead) return never();
    life.isDead = true;
    excuse();
  }

  return life;
}

/** Says what the database was really asked to do, whatever the worker heard of it. */
function watched(world: World, life: number, ledger: Ledger): Ledger {
  return {
    ...ledger,
    async claim(how) {
      const claimed = await ledger.claim(how);
      for (const one of claimed) noteClaim(world, life, one, world.ledgerMs() - how.nowMs);
      return claimed;
    },
    async record(results) {
      const lost = new Set(await ledger.record(results));
      for (const { id, fence, outcome } of results) {
        if (lost.has(id)) continue;
        const claimed = world.first.get(id)?.claimed;
        // The same may be noted twice, where the first answer was lost.
        if ((world.open.get(id)?.fence ?? fence) !== fence) world.fault(`${id} was noted by a life that had lost it`);
        world.open.delete(id);
        // What is noted as unknown may still land, but nobody waits for it.
        for (const [place, flying] of world.flying) if (flying === id) world.flying.delete(place);
        world.tell(`noted ${id} ${outcome.kind}`);
        if (claimed !== undefined && outcome.kind !== "retry") world.outcomes.set(id, { ...outcome, claimed });
      }
      return [...lost];
    },
  };
}

/** `sinceMs`: how long ago it asked what time it is. */
function noteClaim(world: World, life: number, claimed: Claimed, sinceMs: number): void {
  const { occurrence, fence, also } = claimed;
  const { id, due, reminder } = occurrence;
  world.tell(`life ${life} claims ${id} of ${reminder} fence ${fence} also ${also.map((one) => one.id).join()}`);
  const before = world.open.get(id);
  if (before?.excuse) addAmbiguous(world, id);
  else if (before !== undefined) world.fault(`${id} was not noted by life ${before.life}, which nothing kept from it`);
  // Its lease ends sooner than it was meant to.
  world.open.set(id, { life, fence, excuse: sinceMs > 1_000 });
  if (sinceMs > 1_000 && world.time.nowMs() - world.jumpedMs() < 60_000) world.jumped.add(id);
  world.first.set(id, { atMs: world.first.get(id)?.atMs ?? world.time.nowMs(), claimed });
  if (occurrence.kind === "notice") return;
  // What was put off anew since is another matter.
  const made = world.snoozed.find((one) => one.reminder.id === reminder && one.dueMs === due.atMs);
  const madeMs = occurrence.kind === "snooze" ? (made?.atMs ?? 0) : 0;
  for (const { atMs, fromMs } of world.cancelled.get(reminder) ?? [])
    if (due.atMs <= fromMs && atMs < world.time.nowMs() && madeMs < atMs)
      world.fault(`${id} was claimed after it was cancelled`);
  for (const { state } of [claimed.reminder, ...also])
    if (state !== "active" && state !== "ended" && state !== "paused")
      world.fault(`${id} speaks for one that is ${state}`);
}

/** A database that is away is told of once a minute at most. */
function logFor({ time, fault }: World): Parameters<typeof openDispatch>[0]["log"] {
  let lastMs = Number.NEGATIVE_INFINITY;
  return ({ event }) => {
    if (event !== "reminders.database") return;
    if (time.nowMs() - lastMs < 60_000) fault("the log was told twice in a minute");
    lastMs = time.nowMs();
  };
}

/** Draws so that a reply says what it was drawn from. */
export function createDraw(poison: ReadonlySet<string>) {
  const drawings = new WeakMap<Reply, Drawn>();
  return {
    draw(claimed: Claimed, nowMs: number): Reply {
      const { kind, reminder } = claimed.occurrence;
      if (kind !== "notice" && poison.has(reminder)) throw new RangeError("cannot be drawn");
      const reply: Reply = { kind: "note", why: "reminder:due", say: "It is due.", asides: [], buttons: [] };
      drawings.set(reply, { claimed, drawnMs: nowMs });
      return reply;
    },
    drawn(reply: Reply): Drawn {
      const found = drawings.get(reply);
      if (found === undefined) throw new Error("this was not drawn here");
      return found;
    },
  };
}
