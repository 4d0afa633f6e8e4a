/** The people of a simulation, who set reminders, and change, pause, delete and put them off while they are being sent. */
import { nextAfter } from "#src/reminders/calendar/calendar.ts";
import type { Reminder, Schedule } from "#src/reminders/reminder.ts";
import type { NewReminder } from "#src/reminders/store.ts";
import type { Place } from "#src/turn.ts";
import type { Store } from "./memory-ledger.ts";
import { between, pick, placeName, type World } from "./world.ts";

const dm = (key: string): Place => ({ door: "dm", key, isPrivate: true });
const channel = (key: string): Place => ({ door: "channel", key, isPrivate: false });
const none = new Set<string>();

const rules = ["FREQ=DAILY", "FREQ=DAILY", "FREQ=WEEKLY;BYDAY=MO", "FREQ=DAILY;INTERVAL=2", null];
const zones = ["UTC", "UTC", "Africa/Nairobi", "Asia/Kolkata"];
// What the wall shows there when it is 10:00 in UTC.
const tens: Readonly<Record<string, string>> = { UTC: "10", "Africa/Nairobi": "13", "Asia/Kolkata": "15" };

function scheduleOf({ chance }: World): Schedule {
  const zone = pick(chance, zones);
  const minute = between(chance, 0, 2) + (zone === "Asia/Kolkata" ? 30 : 0);
  return {
    start: `2031-03-03T${tens[zone]}:${String(minute).padStart(2, "0")}`,
    rule: pick(chance, rules),
    zone,
    ends: { kind: "never" },
    skips: [],
    skipsHolidays: false,
  };
}

/** Sets a few reminders, before anything runs. */
export async function setReminders(world: World, { reminders }: Store): Promise<readonly string[]> {
  const { chance } = world;
  const people = between(chance, 1, 3);
  const ids: string[] = [];
  for (let n = between(chance, 2, 7); n > 0; n -= 1) {
    const who = between(chance, 1, people);
    const schedule = scheduleOf(world);
    const direct = dm(`d${who}`);
    const nowMs = world.ledgerMs();
    const reminder: NewReminder = {
      id: `r${n}`,
      person: `p${who}`,
      place: chance() < 0.3 ? channel(`c${between(chance, 1, 2)}`) : direct,
      direct,
      label: null,
      partner: null,
      schedule,
      next: nextAfter(schedule, nowMs, none),
    };
    await reminders.add(reminder, nowMs);
    world.regimes.set(reminder.id, [{ schedule, fromMs: nowMs, toMs: Number.POSITIVE_INFINITY }]);
    world.places.set(reminder.id, placeName(reminder.place));
    ids.push(reminder.id);
  }
  return ids;
}

/** What becomes of a reminder; `comes` is what it comes by from then on, or null; undefined where that does not change. */
type Change = { readonly to: Partial<Reminder>; readonly comes?: Schedule | null };

const moved = (schedule: Schedule, nowMs: number): Change => ({
  to: { schedule, next: nextAfter(schedule, nowMs, none), state: "active" },
  comes: schedule,
});

const changes: readonly ((reminder: Reminder, nowMs: number) => Change)[] = [
  // Given another name: it comes when it would have come.
  () => ({ to: {} }),
  ({ schedule }, nowMs) => moved(schedule, nowMs),
  () => ({ to: { state: "paused", next: null }, comes: null }),
  () => ({ to: { state: "deleted", next: null }, comes: null }),
  ({ schedule, next }, nowMs) =>
    moved({ ...schedule, skips: next === null ? schedule.skips : [...schedule.skips, next.local] }, nowMs),
  ({ schedule }, nowMs) => {
    const minute = (Number(schedule.start.slice(14)) + 1) % 60;
    return moved({ ...schedule, start: `${schedule.start.slice(0, 14)}${String(minute).padStart(2, "0")}` }, nowMs);
  },
];

/** One person does one thing: it is acknowledged when this resolves. */
export async function act(world: World, { reminders }: Store, ids: readonly string[]): Promise<void> {
  const { chance, time } = world;
  const nowMs = world.ledgerMs();
  const found = await reminders.find(pick(chance, ids));
  if (found === null || found.state === "parked") return;
  const { to, comes } = pick(chance, changes)(found, nowMs);
  // Between reading and writing others go on.
  await time.sleep(between(chance, 0, pick(chance, [50, 3_000])));
  const changed = { ...found, ...to };
  const kept = await reminders.change(changed, world.ledgerMs(), { cancels: comes !== undefined });
  if (kept === null) return;
  world.tell(`${found.id} is ${kept.state} from ${nowMs}`);
  if (comes === undefined) return;
  const past = world.regimes.get(found.id) ?? [];
  const last = past.at(-1);
  if (last !== undefined) last.toMs = nowMs;
  past.push({ schedule: changed.next === null ? null : comes, fromMs: nowMs, toMs: Number.POSITIVE_INFINITY });
  const before = world.cancelled.get(found.id) ?? [];
  world.cancelled.set(found.id, [...before, { atMs: time.nowMs(), fromMs: nowMs, untilMs: world.highMs() }]);
}

/** Somebody puts off what came for a minute or two. */
export async function putOff(world: World, { reminders }: Store): Promise<void> {
  const landing = world.landings[Math.floor(world.chance() * world.landings.length)];
  if (landing === undefined || landing.claimed.occurrence.kind === "notice") return;
  const reminder = await reminders.find(landing.claimed.occurrence.reminder);
  if (reminder === null || (reminder.state !== "active" && reminder.state !== "ended")) return;
  const dueMs = world.ledgerMs() + between(world.chance, 30_000, 120_000);
  if (world.snoozed.some((one) => one.reminder.id === reminder.id && one.dueMs === dueMs)) return;
  const local = new Date(dueMs).toISOString().slice(0, 16);
  await reminders.snooze(landing.id, { local, atMs: dueMs }, world.ledgerMs());
  world.tell(`${reminder.id} is put off to ${dueMs}`);
  world.snoozed.push({ reminder, dueMs, atMs: world.time.nowMs() });
}
