/** Reminders as they are, on a SQLite file of their own, with a clock that the test moves. */

import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { createDesk } from "#src/reminders/desk/desk.ts";
import { notice } from "#src/reminders/desk/notice.ts";
import { createSettle, type Settle } from "#src/reminders/desk/settle.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import { openPull, type Pull } from "#src/reminders/dispatch/pull.ts";
import type { Reminders } from "#src/reminders/store.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";

export type RealReminders = {
  readonly settle: Settle;
  readonly pull: () => Promise<Pull>;
  readonly forget: (person: string) => Promise<number>;
  readonly store: Reminders;
  readonly nowMs: () => number;
  /** Moves the clock to this moment. */
  readonly setClock: (iso: string) => void;
  readonly close: () => Promise<void>;
};

/** Opens them at this moment. */
export async function openRealReminders(knowledge: Knowledge, iso: string): Promise<RealReminders> {
  const dir = mkdtempSync(join(tmpdir(), "bearings-reminders-"));
  let ms = Date.parse(iso);
  const nowMs = () => ms;
  const clock = async () => ms;
  const database = await openDatabase({ kind: "sqlite", dir });
  const store = openReminderStore(database, { clock });
  const holidays = () => new Set<string>();
  const log = () => {};
  const desk = createDesk({ store, knowledge: () => knowledge, holidays, zone: "Europe/London" });
  const pull = openPull({
    ledger: openLedger(database, { clock }),
    draw: (claimed, atMs) => notice(claimed, atMs, knowledge),
    advance: advanceWith(holidays),
    log,
  });
  return {
    settle: createSettle({ desk: async () => desk, log }),
    pull: async () => pull,
    forget: (person) => store.forget(person),
    store,
    nowMs,
    setClock(to) {
      ms = Date.parse(to);
    },
    async close() {
      await database.close();
      rmSync(dir, { recursive: true, force: true, maxRetries: 5 });
    },
  };
}
