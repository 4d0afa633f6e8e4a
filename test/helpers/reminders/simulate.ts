/** One simulated stretch of days: the real dispatch on several workers, in a world where everything fails, from one seed. */

import { openChat } from "./fake-chat.ts";
import { judge } from "./judge.ts";
import { beginLife, createDraw, type Life } from "./life.ts";
import { openMemoryStore, type Store } from "./memory-ledger.ts";
import { act, putOff, setReminders } from "./people.ts";
import { between, calm, createWorld, pick, type Weather, type World } from "./world.ts";

/** What came of a seed. The same seed leads to the same trace. */
export type Simulated = {
  readonly seed: number;
  readonly faults: readonly string[];
  readonly trace: readonly string[];
  readonly landed: number;
  readonly doubled: number;
};

/** Opens what the workers share, with the ledger's clock; and with chance, whether a single statement fails. */
export type OpenStore = (clock: () => number, failsNow: () => boolean) => Store | Promise<Store>;

/** Runs a seed, and judges it. */
export async function simulate(seed: number, open: OpenStore = (clock) => openMemoryStore(clock)): Promise<Simulated> {
  const world = createWorld(seed);
  const store = await open(world.ledgerMs, () => world.isAsked && world.chance() < world.weather.failsInside);
  const restore = withWrongClock(world);
  try {
    await live(world, store);
  } finally {
    restore();
  }
  judge(world);
  const ids = new Set(world.landings.map(({ id }) => id));
  const { faults, trace, landings } = world;
  return { seed, faults, trace, landed: ids.size, doubled: landings.length - ids.size };
}

/** The clock of this computer is wrong, and set now and then: nothing may go by it. */
function withWrongClock({ chance, ledgerMs }: World): () => void {
  const real = Date.now;
  const offMs = between(chance, -3_600_000, 3_600_000);
  Date.now = () => ledgerMs() + offMs + Math.sin(ledgerMs() / 50_000) * 600_000;
  return () => {
    Date.now = real;
  };
}

const minuteMs = 60_000;
const hourMs = 60 * minuteMs;

async function live(world: World, store: Store): Promise<void> {
  const { chance, time } = world;
  const ids = await setReminders(world, store);
  const poison = new Set(chance() < 0.05 ? ids.slice(0, 1) : []);
  const { draw, drawn } = createDraw(poison);
  const chat = openChat(world, drawn);
  const crew = openCrew(world, between(chance, 1, 3), (number) =>
    beginLife(world, number, { ledger: store.ledger, chat, draw }),
  );
  for (let days = pick(chance, [1, 1, 2, 3]); ; days -= 1) {
    world.weather = weatherOf(world);
    crew.begin();
    const until = time.nowMs() + between(chance, 100, 200) * 1_000;
    plan(world, store, { ids, until, crew });
    await time.runUntil(until);
    if (days <= 1) break;
    await sleepLong(world, crew);
  }
  world.weather = calm;
  world.awayUntilMs = 0;
  crew.begin();
  await finish(world, store);
  crew.end();
}

/** Some days are fine, and some are bad in one way or in all. */
function weatherOf({ chance }: World): Weather {
  const bad = (most: number): number => (chance() < 0.5 ? 0 : chance() * most);
  return {
    crash: bad(0.03),
    failsBefore: bad(0.1),
    failsAfter: bad(0.05),
    failsInside: bad(0.02),
    slowDatabase: bad(0.05),
    chat: bad(0.7),
  };
}

type Plan = { readonly ids: readonly string[]; readonly until: number; readonly crew: Crew };

/** What happens of itself until then: people, an absent database, clocks that are set, places that go. */
function plan(world: World, store: Store, { ids, until, crew }: Plan): void {
  const { chance, time } = world;
  const spanMs = until - time.nowMs();
  const sometimes = (likely: number, most: number, run: () => void): void => {
    for (let n = 0; n < most; n += 1) if (chance() < likely) time.after(chance() * spanMs, run);
  };
  sometimes(0.3, 3, () => void act(world, store, ids));
  // Just when something is due.
  const dueMs = pick(chance, [30_000, 90_000, 150_000]) + between(chance, -500, 4_000);
  if (chance() < 0.4) time.after(dueMs, () => void act(world, store, ids));
  sometimes(0.3, 3, () => void putOff(world, store));
  sometimes(0.15, 2, () => {
    world.awayUntilMs = time.nowMs() + between(chance, 1, 90) * 1_000;
    world.tell("the database is away");
  });
  // After an outage the clock is left alone: what is late and what is not would be another question.
  if (world.outages.length === 0) {
    const forward = (ms: number) => () => {
      world.forwardMs += ms;
      world.jump(ms);
    };
    sometimes(0.08, 2, forward(between(chance, 1, 40) * 1_000));
    sometimes(0.05, 1, forward(between(chance, 1, 120) * minuteMs));
    sometimes(0.08, 1, () => world.jump(-between(chance, 1, 7_200) * 1_000));
  }
  sometimes(0.06, 1, () => {
    world.gone.add(world.places.get(pick(chance, ids)) ?? "");
    world.tell("a place is gone");
  });
  sometimes(0.2, 2, crew.closeOne);
  sometimes(0.2, 2, crew.killOne);
}

/** Nothing runs for a day or more, and then all is late. */
async function sleepLong(world: World, crew: Crew): Promise<void> {
  const { time, chance } = world;
  crew.end();
  // What was under way lands or does not.
  await time.runUntil(time.nowMs() + minuteMs);
  world.jump(between(chance, 13, 80) * hourMs);
  world.outages.push({ atMs: time.nowMs(), ledgerMs: world.ledgerMs() });
  world.tell("all run again");
}

/** Lets everything come to an end: within three hours, all that was to be sent has been. */
async function finish(world: World, { ledger }: Store): Promise<void> {
  const { time } = world;
  await time.runUntil(time.nowMs() + minuteMs);
  // A clock that was set back is put right.
  if (world.ledgerMs() < world.highMs()) world.jump(world.highMs() - world.ledgerMs());
  const endMs = time.nowMs() + 3 * hourMs;
  while (time.nowMs() < endMs) {
    await time.runUntil(time.nowMs() + 20_000);
    const { due, sending } = await ledger.state(world.ledgerMs(), ["dm", "channel"]);
    const isPast = world.snoozed.every(({ dueMs }) => dueMs < world.ledgerMs() - minuteMs);
    if (due === 0 && sending === 0 && isPast) return;
  }
  world.fault("it does not come to an end");
}

type Crew = {
  readonly begin: () => void;
  /** Kills all, and lets none begin. */
  readonly end: () => void;
  readonly killOne: () => void;
  readonly closeOne: () => void;
};

/** As many workers as there should be: whoever dies is followed by another soon. */
function openCrew({ time, chance }: World, size: number, bear: (number: number) => Life): Crew {
  let lives: Life[] = [];
  let born = 0;
  let isOn = false;
  const start = (): void => {
    born += 1;
    lives.push(bear(born));
  };
  /** Looks after them every second. */
  function watch(): void {
    if (!isOn) return;
    lives = lives.filter(({ isDead }) => !isDead);
    if (lives.length < size && (lives.length === 0 || chance() < 0.2)) start();
    time.after(between(chance, 1, 6) * 1_000, watch);
  }
  return {
    begin() {
      if (isOn) return;
      isOn = true;
      while (lives.length < size) start();
      watch();
    },
    end() {
      isOn = false;
      for (const life of lives) life.kill();
      lives = [];
    },
    killOne: () => lives[0]?.kill(),
    closeOne: () => void lives[0]?.close(),
  };
}

/** Seeds of a failing world, as a line to look it up by. */
export const told = ({ seed, faults }: Simulated): string => `seed ${seed}: ${faults.join("; ")}`;
