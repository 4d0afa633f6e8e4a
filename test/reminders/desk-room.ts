/** A desk with real storage, and ways to say, press and fill in something at it. People and places are invented. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll } from "vitest";
import { plain, pressables } from "#src/plain.ts";
import { createDesk } from "#src/reminders/desk/desk.ts";
import type { Desk, Places } from "#src/reminders/desk/settle.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import type { Reminder } from "#src/reminders/reminder.ts";
import type { Reminders } from "#src/reminders/store.ts";
import type { Reply } from "#src/reply.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import type { Database } from "#src/storage/tables.ts";
import { type Place, type Said, userText, type Zone } from "#src/turn.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { emptyFolder } from "../helpers/databases.ts";

/** Tuesday, 9:15 in Berlin. */
export const morning = Date.parse("2026-10-06T07:15:00Z");

export const direct: Place = { door: "test", key: "direct", isPrivate: true };
export const channel: Place = { door: "test", key: "channel", isPrivate: false };
const berlin: Zone = { name: "Europe/Berlin", from: "profile" };

/** Who does it, when and where, if not Ada in the morning in private; `id` is given where a turn comes again. */
export type How = {
  readonly who?: string;
  readonly zone?: Zone | null;
  readonly here?: Place | null;
  readonly id?: string;
};

export type Room = {
  readonly desk: Desk;
  readonly store: Reminders;
  /** Sets the clock, milliseconds since 1970-01-01 UTC. */
  readonly at: (nowMs: number) => void;
  readonly say: (text: string, how?: How) => Promise<Reply>;
  readonly press: (token: string, how?: How) => Promise<Reply>;
  readonly fill: (form: Reply, fields: Readonly<Record<string, string>>, how?: How) => Promise<Reply>;
  readonly kept: (who?: string) => Promise<readonly Reminder[]>;
  /** Lets the one that is due be sent, and gives the id under which it came. */
  readonly arrive: () => Promise<string>;
  /** The one that was set last. */
  readonly newest: () => Promise<Reminder>;
};

const knowledge = await openKnowledge();

/** Opens a room with days off where there are any; it shares other storage where that is given. */
export type OpenRoom = (holidays?: readonly string[], shared?: Reminders) => Promise<Room>;

/** Opens storage for one file of tests: call it at the top. Each room begins empty, and empties those before it. */
export async function openRooms(): Promise<OpenRoom> {
  const folder = emptyFolder();
  const storage = await openDatabase({ kind: "sqlite", dir: join(folder, "data") });
  afterAll(async () => {
    await storage.close();
    rmSync(folder, { recursive: true, force: true });
  });
  return (holidays = [], shared) => openRoom(storage, holidays, shared);
}

async function openRoom(storage: Database, holidays: readonly string[], shared?: Reminders): Promise<Room> {
  let nowMs = morning;
  let turns = 0;
  const clock = () => nowMs;
  const store = shared ?? openReminderStore(storage, { clock });
  if (shared === undefined) for (const who of ["ada", "bob", "eve"]) await store.forget(who);
  const ledger = openLedger(storage, { clock });
  const days = new Set(holidays);
  const desk = createDesk({
    store,
    knowledge: () => knowledge,
    holidays: () => days,
    zone: "Europe/London",
  });
  const turn = (said: Said, { who = "ada", zone = berlin, here = null, id }: How): Promise<Reply> => {
    turns += 1;
    const places: Places = { direct, here };
    return desk.fulfil(
      { id: id ?? `turn ${turns}`, atMs: nowMs, person: { id: who, zone }, place: direct, said },
      places,
    );
  };
  const kept = (who = "ada") => store.list(who);
  return {
    desk,
    store,
    at: (ms) => {
      nowMs = ms;
    },
    say: (text, how = {}) => turn({ kind: "text", text: userText(text) }, how),
    press: (token, how = {}) => turn({ kind: "pressed", token }, how),
    fill: (form, fields, how = {}) =>
      turn(
        {
          kind: "filled",
          token: form.kind === "form" ? form.token : "",
          fields: Object.fromEntries(Object.entries(fields).map(([id, value]) => [id, userText(value)])),
        },
        how,
      ),
    kept,
    arrive: async () => {
      await ledger.tick(
        nowMs,
        10,
        advanceWith(() => days),
      );
      const due = { nowMs, leaseMs: 60_000, lateMs: 60_000, most: 1, to: { doors: ["test"] } };
      const [claimed] = await ledger.claim(due);
      if (claimed === undefined) throw new Error("nothing is due");
      const { occurrence, fence } = claimed;
      await ledger.record([{ id: occurrence.id, fence, outcome: { kind: "sent", atMs: nowMs, isAsked: false } }]);
      return occurrence.id;
    },
    newest: async () => {
      const all = await kept();
      const last = all.toSorted((a, b) => a.number - b.number).at(-1);
      if (last === undefined) throw new Error("nothing is kept");
      return last;
    },
  };
}

/** The token of a button or row, by its words. */
export function tokenIn(reply: Reply, label: string): string {
  const found = pressables(reply).find((button) => button.label === label);
  if (found === undefined) throw new Error(`no button ${label} among ${labelsIn(reply).join(", ")}`);
  return found.token;
}

export const labelsIn = (reply: Reply): readonly string[] => pressables(reply).map(({ label }) => label);

/** All the words of a reply. */
export const wordsOf = (reply: Reply): string => plain(reply);
