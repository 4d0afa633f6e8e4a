/** The ledger in plain memory, written to the words of src/reminders/store.ts: what the real ones are compared with. */
import type { Occurrence, OccurrenceKind, Reminder } from "#src/reminders/reminder.ts";
import type { Claimed, Ledger, Recorded, Reminders } from "#src/reminders/store.ts";
import type { Place } from "#src/turn.ts";

/** What dispatch and the people of a simulation need. */
export type Store = {
  readonly ledger: Ledger;
  readonly reminders: Pick<Reminders, "add" | "find" | "change" | "snooze">;
};

type Row = {
  readonly occurrence: Occurrence;
  readonly place: Place;
  state: "queued" | "sending" | "sent" | "unknown" | "parked" | "dropped";
  nextTryMs: number;
  untilMs: number;
  claimMs: number;
  triedMs: number | null;
  tries: number;
  fence: number;
  main: string | null;
  isCancelled: boolean;
};

const keyOf = ({ door, key }: Place): string => `${door} ${key}`;
const isOver = ({ state }: Row): boolean => state !== "queued" && state !== "sending";

/** Opens an empty one, with a clock in milliseconds since 1970-01-01 UTC. */
export function openMemoryStore(clock: () => number): Store {
  const reminders = new Map<string, Reminder>();
  const rows = new Map<string, Row>();
  const taken = new Set<string>();

  function queue(occurrence: Omit<Occurrence, "id">, place: Place): void {
    const { reminder, kind, due } = occurrence;
    const unique = [reminder, kind, due.local, due.atMs].join(" ");
    if (taken.has(unique)) return;
    taken.add(unique);
    const id = `o${rows.size + 1}`;
    rows.set(id, {
      occurrence: { ...occurrence, id },
      place,
      state: "queued",
      nextTryMs: due.atMs,
      untilMs: 0,
      claimMs: 0,
      triedMs: null,
      tries: 0,
      fence: 0,
      main: null,
      isCancelled: false,
    });
  }

  const put = (reminder: Reminder, changes: Partial<Reminder>): void =>
    void reminders.set(reminder.id, { ...reminder, ...changes });

  const open = (): Row[] => [...rows.values()].filter((row) => !isOver(row));

  /** Whether it is to be sent at all. A notice is about one that is parked. */
  function isWanted({ isCancelled, occurrence }: Row): boolean {
    const reminder = reminders.get(occurrence.reminder);
    if (isCancelled || reminder === undefined || reminder.state === "deleted") return false;
    return occurrence.kind === "notice" || reminder.state !== "parked";
  }

  /** Those that it was to speak for speak for themselves again. */
  function drop(row: Row): void {
    row.state = "dropped";
    for (const other of open()) if (other.main === row.occurrence.id) other.main = null;
  }

  function park(reminder: Reminder, why: string, nowMs: number): void {
    put(reminder, { state: "parked", why, next: null });
    // What cannot be drawn says nothing about the others.
    if (why === "defect" || keyOf(reminder.place) !== keyOf(reminder.direct)) {
      const due = { local: new Date(nowMs).toISOString().slice(0, 16), atMs: nowMs };
      queue({ reminder: reminder.id, kind: "notice", due, missed: 0 }, reminder.direct);
      return;
    }
    for (const other of reminders.values())
      if (other.person === reminder.person && keyOf(other.place) === keyOf(reminder.direct) && isLive(other))
        put(other, { state: "parked", why, next: null });
  }

  function note(row: Row, { outcome }: Recorded): void {
    const joined = open().filter(({ main }) => main === row.occurrence.id);
    const reminder = reminders.get(row.occurrence.reminder);
    if (outcome.kind === "retry") {
      row.state = "queued";
      row.nextTryMs = outcome.atMs;
      row.triedMs = outcome.mayBeThere ? (row.triedMs ?? row.claimMs) : null;
      if (outcome.mayBeThere) return;
      for (const other of open())
        if (other.state === "queued" && keyOf(other.place) === keyOf(row.place))
          other.nextTryMs = Math.max(other.nextTryMs, outcome.atMs);
      return;
    }
    for (const one of [row, ...joined]) one.state = outcome.kind;
    if (reminder === undefined) return;
    if (outcome.kind === "sent") put(reminder, { sent: reminder.sent + 1, unanswered: reminder.unanswered + 1 });
    if (outcome.kind === "parked" && row.occurrence.kind !== "notice") park(reminder, outcome.why, outcome.atMs);
  }

  const ledger: Ledger = {
    clock: async () => clock(),
    async tick(nowMs, most, advance) {
      const due = [...reminders.values()]
        .filter((one) => isLive(one) && one.next !== null && one.next.atMs <= nowMs)
        .sort((a, b) => (a.next?.atMs ?? 0) - (b.next?.atMs ?? 0))
        .slice(0, most);
      for (const reminder of due) {
        try {
          const { send, next } = advance(reminder, nowMs);
          if (send !== null) queue({ reminder: reminder.id, kind: "due", ...send }, reminder.place);
          put(reminder, { next, state: next === null ? "ended" : "active", pausedUntil: null });
        } catch {
          put(reminder, { state: "parked", why: "defect", next: null });
        }
      }
      return due.length;
    },
    async claim({ nowMs, leaseMs, lateMs, most, to }) {
      const all = open();
      for (const row of all) if (!isWanted(row) && (row.state === "queued" || row.untilMs <= nowMs)) drop(row);
      const busy = new Set(
        all.filter((row) => row.state === "sending" && row.untilMs > nowMs).map(({ place }) => keyOf(place)),
      );
      const theirs = all
        .filter(
          (row) => !isOver(row) && row.main === null && row.nextTryMs <= nowMs && row.occurrence.due.atMs <= nowMs,
        )
        .filter(({ place }) => ("doors" in to ? to.doors.includes(place.door) : keyOf(to.place) === keyOf(place)))
        .sort((a, b) => a.occurrence.due.atMs - b.occurrence.due.atMs);
      const claimed: Claimed[] = [];
      for (const row of theirs) {
        if (claimed.length === most || busy.has(keyOf(row.place)) || row.main !== null) continue;
        busy.add(keyOf(row.place));
        if (isLate(row))
          for (const other of all)
            if (other !== row && isLate(other) && keyOf(other.place) === keyOf(row.place))
              other.main = row.occurrence.id;
        claimed.push(take(row, nowMs, leaseMs));
      }
      return claimed;

      function isLate(row: Row): boolean {
        // A notice is not about a session, and says something else.
        const isFresh = row.state === "queued" && row.tries === 0 && row.main === null;
        return isFresh && row.occurrence.kind !== "notice" && row.occurrence.due.atMs < nowMs - lateMs;
      }
    },
    async record(results) {
      const lost: string[] = [];
      for (const result of results) {
        const row = rows.get(result.id);
        const { id, fence, place } = result;
        const isTheirs = row !== undefined && (place === undefined || keyOf(place) === keyOf(row.place));
        if (!isTheirs || row.state !== "sending" || row.fence !== fence) lost.push(id);
        else note(row, result);
      }
      return lost;
    },
    async nextMs() {
      const times = [
        ...[...reminders.values()].flatMap((one) => (isLive(one) && one.next !== null ? [one.next.atMs] : [])),
        ...open().map((row) => (row.state === "sending" ? row.untilMs : row.nextTryMs)),
      ];
      return times.length === 0 ? null : Math.min(...times);
    },
    async state(nowMs) {
      const isDue = (row: Row): boolean => row.state === "queued" && row.occurrence.due.atMs <= nowMs;
      const of = (is: (row: Row) => boolean): number => [...rows.values()].filter(is).length;
      return {
        due:
          of(isDue) +
          [...reminders.values()].filter((one) => isLive(one) && (one.next?.atMs ?? nowMs + 1) <= nowMs).length,
        oldestDueMs: 0,
        sending: of(({ state }) => state === "sending"),
        unknown: of(({ state }) => state === "unknown"),
        parked: 0,
        active: 0,
      };
    },
  };

  function take(row: Row, nowMs: number, leaseMs: number): Claimed {
    // A lease that ran out: whoever had it may have sent it.
    if (row.state === "sending") row.triedMs ??= row.claimMs;
    const { triedMs, tries } = row;
    Object.assign(row, {
      state: "sending",
      claimMs: nowMs,
      untilMs: nowMs + leaseMs,
      tries: tries + 1,
      fence: row.fence + 1,
    });
    const also = open().filter((other) => other.main === row.occurrence.id && isWanted(other));
    const reminder = reminders.get(row.occurrence.reminder);
    if (reminder === undefined) throw new Error("a row without its reminder");
    const own = also.filter(({ occurrence }) => occurrence.reminder === reminder.id);
    const passed = own.reduce((sum, { occurrence }) => sum + occurrence.missed + 1, row.occurrence.missed);
    const others = new Set(also.map(({ occurrence }) => occurrence.reminder).filter((id) => id !== reminder.id));
    return {
      occurrence: { ...row.occurrence, missed: passed },
      reminder,
      fence: row.fence,
      untilMs: row.untilMs,
      triedMs,
      tries,
      saved: [],
      also: [...others].flatMap((id) => reminders.get(id) ?? []),
    };
  }

  return {
    ledger,
    reminders: {
      async add(reminder) {
        const rest = { number: reminders.size + 1, state: "active", pausedUntil: null, why: null, version: 1 } as const;
        const added: Reminder = { ...reminder, ...rest, sent: 0, unanswered: 0, isAsked: false };
        reminders.set(reminder.id, added);
        return { kind: "added", reminder: added };
      },
      async find(id) {
        const found = reminders.get(id);
        return found === undefined || found.state === "deleted" ? null : found;
      },
      async change(changed, _nowMs, { cancels }) {
        const found = reminders.get(changed.id);
        if (found === undefined || found.state === "deleted" || found.version !== changed.version) return null;
        const kept = { ...changed, version: changed.version + 1 };
        reminders.set(kept.id, kept);
        for (const row of open()) if (cancels && row.occurrence.reminder === kept.id) row.isCancelled = true;
        return kept;
      },
      async snooze(occurrence, due) {
        const row = rows.get(occurrence);
        const kind: OccurrenceKind = "snooze";
        if (row !== undefined) queue({ ...row.occurrence, kind, due, missed: 0 }, row.place);
      },
    },
  };
}

const isLive = ({ state }: Reminder): boolean => state === "active" || state === "paused";
