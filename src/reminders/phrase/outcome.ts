/** What reading a part of a phrase comes to: a value, something to ask, or something that cannot be. */
import { localOf } from "../calendar/calendar.ts";
import { dayOf } from "../calendar/rule.ts";
import type { Schedule } from "../reminder.ts";
import type { AskAbout, RefusedFor } from "../wish.ts";

/** Something to ask. `days` or `schedules` are the readings that there are, where these are few. */
export type Asking = {
  readonly kind: "ask";
  readonly about: AskAbout;
  readonly days: readonly number[];
  readonly schedules: readonly Schedule[];
};

export type Trouble = Asking | { readonly kind: "refuse"; readonly why: RefusedFor };

export type Outcome<T> = { readonly kind: "ok"; readonly value: T } | Trouble;

export const ok = <T>(value: T): Outcome<T> => ({ kind: "ok", value });
export const ask = (about: AskAbout, days: readonly number[] = [], schedules: readonly Schedule[] = []): Asking => ({
  kind: "ask",
  about,
  days,
  schedules,
});
export const refuse = (why: RefusedFor): Trouble => ({ kind: "refuse", why });

/** The moment and the zone in which something was said. Days are counted from 1970-01-01; `clock` is HH:MM. */
export type Moment = { readonly nowMs: number; readonly zone: string; readonly today: number; readonly clock: string };

export function momentIn(nowMs: number, zone: string): Moment {
  const local = localOf(nowMs, zone);
  return { nowMs, zone, today: dayOf(local.slice(0, 10)), clock: local.slice(11) };
}
