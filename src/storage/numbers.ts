/** What a person calls their reminders: each has a number that no other of theirs has. */
import { sql } from "kysely";
import type { Tx } from "./transact.ts";

const mostReminders = 50;

/** The lowest number that none of a person's has that have not ended; null where they have as many as may be. */
export async function freeNumber(tx: Tx, person: string): Promise<number | null> {
  const { rows } = await sql<{ number: number }>`select number from reminders
    where person = ${person} and state <> 'ended' and state <> 'deleted'`.execute(tx);
  if (rows.length >= mostReminders) return null;
  const taken = new Set(rows.map(({ number }) => number));
  let number = 1;
  while (taken.has(number)) number += 1;
  return number;
}
