/**
 * A second calendar, slow and plain, to hold the first against: it walks the days one by one and the clocks by day, hour and
 * minute, and asks Intl.DateTimeFormat what they show. Nothing of ours is in it, and no library.
 */

/** One day as Intl shows it. `day` counts from 1970-01-01; Monday is 1; `last` is the last day of its month. */
export type Day = {
  readonly day: number;
  readonly date: string;
  readonly year: number;
  readonly month: number;
  readonly dayOfMonth: number;
  readonly weekday: number;
  readonly last: number;
};

/** A rule in the form RFC 5545 has it, and the same said as a test of one day against the first. */
export type Shape = { readonly rule: string; readonly falls: (day: Day, start: Day) => boolean };

/** A stretch of time in which a zone's clocks are so many milliseconds ahead of UTC: from the one moment, before the other. */
export type Stretch = { readonly fromMs: number; readonly untilMs: number; readonly aheadMs: number };

const dayMs = 86_400_000;
const hourMs = 3_600_000;
const minuteMs = 60_000;

/** Every day of these years. */
export function daysOfYears(firstYear: number, lastYear: number): readonly Day[] {
  const names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
  const named = new Intl.DateTimeFormat("en-GB", { timeZone: "UTC", weekday: "long" });
  const shown = shownIn("UTC");
  const lasts = new Map<string, number>();
  const days: Omit<Day, "last">[] = [];
  for (let at = Date.parse(`${firstYear}-01-01T00:00Z`); at < Date.parse(`${lastYear + 1}-01-01T00:00Z`); at += dayMs) {
    const date = shown(at).slice(0, 10);
    const [year = 0, month = 0, dayOfMonth = 0] = date.split("-").map(Number);
    days.push({ day: at / dayMs, date, year, month, dayOfMonth, weekday: names.indexOf(named.format(at)) + 1 });
    lasts.set(date.slice(0, 7), dayOfMonth);
  }
  return days.map((day) => ({ ...day, last: lasts.get(day.date.slice(0, 7)) ?? 0 }));
}

/** What a zone's clocks show, such as 2026-10-06T10:00. */
export function shownIn(zone: string): (atMs: number) => string {
  const format = new Intl.DateTimeFormat("sv-SE", { timeZone: zone, dateStyle: "short", timeStyle: "short" });
  return (atMs) => format.format(atMs).replace(" ", "T");
}

/** How a zone's clocks run in these years. */
export function stretchesOf(zone: string, firstYear: number, lastYear: number): readonly Stretch[] {
  const format = new Intl.DateTimeFormat("en-GB", { timeZone: zone, timeZoneName: "longOffset" });
  const ahead = (at: number): string => format.format(at).split(/GMT/)[1] ?? "";
  const end = Date.parse(`${lastYear + 1}-01-01T00:00Z`);
  const stretches: Stretch[] = [];
  // The year begins earlier in the east.
  let fromMs = Date.parse(`${firstYear}-01-01T00:00Z`) - 2 * dayMs;
  let offset = ahead(fromMs);
  for (let day = fromMs; day < end; day += dayMs) {
    if (ahead(day + dayMs) === offset) continue;
    let at = day;
    while (ahead(at + hourMs) === offset) at += hourMs;
    while (ahead(at) === offset) at += minuteMs;
    stretches.push({ fromMs, untilMs: at, aheadMs: inMs(offset) });
    fromMs = at;
    offset = ahead(at);
  }
  return [...stretches, { fromMs, untilMs: end + 2 * dayMs, aheadMs: inMs(offset) }];
}

/** "+02:00" */
function inMs(offset: string): number {
  if (offset === "") return 0;
  const [hours = "", minutes = "0", seconds = "0"] = offset.slice(1).split(":");
  return (
    (offset.startsWith("-") ? -1 : 1) * (Number(hours) * hourMs + Number(minutes) * minuteMs + Number(seconds) * 1000)
  );
}

/** The moment at which the clocks show this the first time; where they never do, as long after the change as it was meant. */
export function momentIn(stretches: readonly Stretch[], local: string): number {
  const shown = Date.parse(`${local}Z`);
  let before = 0;
  for (const { fromMs, untilMs, aheadMs } of stretches) {
    const at = shown - aheadMs;
    if (at < untilMs) return at >= fromMs ? at : shown - before;
    before = aheadMs;
  }
  throw new Error("beyond the years that were walked");
}

/** What the oracle is asked: `ends` after a count or with a day; `skips` and `holidays` are left out. */
export type Asked = {
  readonly shape: Shape;
  readonly start: string;
  readonly count: number | null;
  readonly until: string | null;
  readonly skips: ReadonlySet<string>;
  readonly holidays: ReadonlySet<string>;
};

/** All that falls due on these days, which begin with or before the start. */
export function dues(asked: Asked, days: readonly Day[], stretches: readonly Stretch[]) {
  const start = days.find(({ date }) => date === asked.start.slice(0, 10));
  if (start === undefined) throw new Error("the start is not among the days");
  const found: { local: string; atMs: number }[] = [];
  let counted = 0;
  let lastMs = Number.NEGATIVE_INFINITY;
  for (const day of days) {
    if (day.day < start.day || !asked.shape.falls(day, start)) continue;
    counted += 1;
    if (asked.count !== null && counted > asked.count) break;
    if (asked.until !== null && day.date > asked.until) break;
    const local = `${day.date}T${asked.start.slice(11)}`;
    const atMs = momentIn(stretches, local);
    if (atMs <= lastMs || asked.holidays.has(day.date)) continue;
    lastMs = atMs;
    if (!asked.skips.has(local)) found.push({ local, atMs });
  }
  return found;
}
