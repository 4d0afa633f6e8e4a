/** What people keep for their next supervision: ids of entries. */
import { sql } from "kysely";
import type { Reminders } from "../reminders/store.ts";
import { rowsOf, type Transact } from "./transact.ts";

const mostSaved = 50;

/** Opens that part of the calendar. */
export function openSaved({ kind, read, write }: Transact): Pick<Reminders, "save" | "saved"> {
  return {
    save: (person, entries, nowMs) =>
      write(async (tx) => {
        const rows = entries.slice(0, mostSaved).map((entry, position) => ({ entry, position }));
        if (rows.length === 0) return;
        const added = rowsOf(kind, { entry: "text", position: "bigint" }, rows);
        await sql`insert into saved (person, entry, at_ms, position)
          select ${person}, entry, cast(${nowMs} as bigint), position from ${added} where true
          on conflict (person, entry) do nothing`.execute(tx);
        // The oldest make room.
        await sql`delete from saved where person = ${person} and entry not in (
          select entry from saved where person = ${person}
          order by at_ms desc, position desc, entry desc limit ${sql.lit(mostSaved)})`.execute(tx);
      }),
    async saved(person) {
      const { rows } = await read((db) =>
        sql<{ entry: string }>`select entry from saved where person = ${person}
          order by at_ms, position, entry`.execute(db),
      );
      return rows.map(({ entry }) => entry);
    },
  };
}
