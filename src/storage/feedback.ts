/** Whether replies helped: one vote for each person and reply, the last one. No words of theirs. */
import type { Votes } from "../doors/core.ts";
import type { Database } from "./tables.ts";

/** Opens the votes. */
export function openFeedback({ db }: Database): Votes {
  return {
    async put({ person, place, entries, vote, reason, atMs }) {
      const said = { entries: JSON.stringify(entries), vote, reason, at_ms: atMs };
      await db
        .insertInto("feedback")
        .values({ person, place, ...said })
        .onConflict((conflict) => conflict.columns(["person", "place"]).doUpdateSet(said))
        .execute();
    },
    async reason(person, place, reason) {
      await db
        .updateTable("feedback")
        .set({ reason })
        .where((is) => is.and({ person, place, vote: "down" }))
        .execute();
    },
    async forget(person) {
      const { numDeletedRows } = await db.deleteFrom("feedback").where("person", "=", person).executeTakeFirstOrThrow();
      return Number(numDeletedRows);
    },
  };
}
