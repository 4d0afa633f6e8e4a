/** The world that a simulation happens in: its time, its chances, its troubles, and what is remembered to be judged at the end. */
import type { Reminder, Schedule } from "#src/reminders/reminder.ts";
import type { Claimed, Outcome } from "#src/reminders/store.ts";
import type { Place } from "#src/turn.ts";
import { type Chance, chanceOf, createVirtual, type Virtual } from "./virtual.ts";

/** How likely trouble is, each from 0 to 1. */
export type Weather = {
  readonly crash: number;
  readonly failsBefore: number;
  readonly failsAfter: number;
  /** Of each statement. */
  readonly failsInside: number;
  readonly slowDatabase: number;
  readonly chat: number;
};

export const calm: Weather = { crash: 0, failsBefore: 0, failsAfter: 0, failsInside: 0, slowDatabase: 0, chat: 0 };

/** One message that stands in the chat. */
export type Landing = {
  readonly id: string;
  readonly place: string;
  readonly claimed: Claimed;
  /** By the ledger's clock, when it was drawn. */
  readonly drawnMs: number;
};

/** A claim of which nothing was noted yet. `excuse`: why it is no fault that nothing will be. */
export type OpenClaim = { readonly life: number; readonly fence: number; excuse: boolean };

/** What one person asked for, from one moment of the ledger's clock to another; null while it does not come. */
export type Regime = { readonly schedule: Schedule | null; readonly fromMs: number; toMs: number };

export type World = {
  readonly seed: number;
  readonly time: Virtual;
  readonly chance: Chance;
  /** The ledger's clock, which can be set. */
  readonly ledgerMs: () => number;
  readonly jump: (ms: number) => void;
  /** When it was set last, by virtual time. */
  readonly jumpedMs: () => number;
  /** By how much it was set forward while somebody ran. */
  forwardMs: number;
  /** What it ever showed at most. */
  readonly highMs: () => number;
  weather: Weather;
  /** Until when the database is away, by virtual time. */
  awayUntilMs: number;
  /** Whether a worker asks the database, and not one of the people. */
  isAsked: boolean;
  readonly gone: Set<string>;
  /** What is under way to each place, whether or not whoever sent it still waits for it. */
  readonly flying: Map<string, string>;
  /** What may land still. */
  readonly pending: Set<string>;
  readonly landings: Landing[];
  readonly begun: Set<string>;
  /** Counts, by occurrence, what nobody could have known. */
  readonly ambiguous: Map<string, number>;
  /** Those that were under way when the ledger's clock was set forward. */
  readonly jumped: Set<string>;
  readonly open: Map<string, OpenClaim>;
  /** When an occurrence was first claimed, by virtual time, and what was claimed. */
  readonly first: Map<string, { readonly atMs: number; readonly claimed: Claimed }>;
  readonly outcomes: Map<string, Outcome & { readonly claimed: Claimed }>;
  readonly regimes: Map<string, Regime[]>;
  /** By reminder: when what was queued of it was cancelled, by virtual time, and what was due until then by the ledger's. */
  readonly cancelled: Map<string, { readonly atMs: number; readonly fromMs: number; readonly untilMs: number }[]>;
  readonly snoozed: { readonly reminder: Reminder; readonly dueMs: number; readonly atMs: number }[];
  /** Where each reminder goes. */
  readonly places: Map<string, string>;
  /** When all ran again after nothing did for long, by both clocks. */
  readonly outages: { readonly atMs: number; readonly ledgerMs: number }[];
  readonly faults: string[];
  readonly trace: string[];
  readonly tell: (line: string) => void;
  readonly fault: (line: string) => void;
};

export const placeName = ({ door, key }: Place): string => `${door}:${key}`;

/** Between the two, whole. */
export const between = (chance: Chance, least: number, most: number): number =>
  Math.floor(least + chance() * (most - least + 1));

export const pick = <T>(chance: Chance, from: readonly T[]): T => {
  const one = from[Math.floor(chance() * from.length)];
  if (one === undefined) throw new Error("there is nothing to pick from");
  return one;
};

// A Monday, half a minute before the first reminders are due.
const startMs = Date.UTC(2031, 2, 3, 9, 59, 30);

/** A world with nothing in it. */
export function createWorld(seed: number): World {
  const time = createVirtual();
  const chance = chanceOf(seed);
  const trace: string[] = [];
  const faults: string[] = [];
  const open: World["open"] = new Map();
  const jumped = new Set<string>();
  const pending = new Set<string>();
  let offsetMs = startMs;
  let highMs = startMs;
  let jumpedMs = Number.NEGATIVE_INFINITY;
  const ledgerMs = (): number => Math.floor(offsetMs + time.nowMs());
  const tell = (line: string): void => void trace.push(`${Math.round(time.nowMs())} ${line}`);
  return {
    seed,
    time,
    chance,
    ledgerMs,
    highMs: () => Math.max(highMs, ledgerMs()),
    jump(ms) {
      highMs = Math.max(highMs, ledgerMs());
      offsetMs += ms;
      jumpedMs = time.nowMs();
      // Leases and waits are shorter than they were meant to be.
      if (ms > 0) for (const id of pending) jumped.add(id);
      if (ms > 0)
        for (const [id, claim] of open) {
          jumped.add(id);
          claim.excuse = true;
        }
      tell(`clock ${ms}`);
    },
    jumpedMs: () => jumpedMs,
    forwardMs: 0,
    weather: calm,
    awayUntilMs: 0,
    isAsked: false,
    gone: new Set(),
    flying: new Map(),
    pending,
    landings: [],
    begun: new Set(),
    ambiguous: new Map(),
    jumped,
    open,
    first: new Map(),
    outcomes: new Map(),
    regimes: new Map(),
    cancelled: new Map(),
    snoozed: [],
    places: new Map(),
    outages: [],
    faults,
    trace,
    tell,
    fault(line) {
      tell(`FAULT ${line}`);
      faults.push(line);
    },
  };
}

/** One more thing that nobody could have known of this occurrence. */
export const addAmbiguous = ({ ambiguous }: World, id: string): void =>
  void ambiguous.set(id, (ambiguous.get(id) ?? 0) + 1);
