/** Whether replies helped: one vote for each person and reply, the last one. No words of theirs. */
import type { Database } from "./tables.ts";

export type Vote = {
  /** The platform's id of the person. */
  readonly person: string;
  /** Address of the reply; opaque. */
  readonly place: string;
  /** Ids of the entries that the reply showed. */
  readonly entries: readonly string[];
  readonly vote: "up" | "down";
  /** One of the door's fixed list, or null. */
  readonly reason: string | null;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
};

/** Each call rejects when the database is away. */
export type Feedback = {
  /** Keeps a vote in place of any before it. */
  readonly put: (vote: Vote) => Promise<void>;
  /** Adds a reason to a vote against. Does nothing where the vote was taken back or turned round meanwhile. */
  readonly reason: (person: string, place: string, reason: string) => Promise<void>;
  /** Erases every vote of a person, and says how many that were. */
  readonly forget: (person: string) => Promise<number>;
};

/** Opens the votes. */
export function openFeedback({ db }: Database): Feedback {
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
