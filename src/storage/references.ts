/** Where each conversation of Teams is reached, so that reminders find people: ids and an address, no words. */
import { sql } from "kysely";
import type { ConversationsTable, Database } from "./tables.ts";

export type Reference = {
  /** Microsoft's id of the organisation. */
  readonly tenant: string;
  /** Id of the chat or channel, without a thread. */
  readonly conversation: string;
  /** The person of a personal chat, by the id that reminders have of them; null where several read along. */
  readonly person: string | null;
  /** Address of the connector of this conversation. */
  readonly serviceUrl: string;
  /** Our own id there. */
  readonly bot: string;
  /** The person's time zone when they last wrote: IANA, or null. */
  readonly zone: string | null;
};

/** Each call rejects when the database is away. */
export type References = {
  /**
   * Keeps it in place of what was known of this conversation, from this moment (milliseconds since 1970-01-01 UTC). A zone
   * that is not known leaves the one that is.
   */
  readonly put: (reference: Reference, nowMs: number) => Promise<void>;
  /** Null where the conversation was never heard of. */
  readonly find: (tenant: string, conversation: string) => Promise<Reference | null>;
  /** The personal chat with someone, the newest where there are several; null where there is none. */
  readonly ofPerson: (person: string) => Promise<Reference | null>;
  /** The newest of a tenant, of whatever kind; null where nothing of it was heard of. */
  readonly ofTenant: (tenant: string) => Promise<Reference | null>;
  /** Erases one conversation. */
  readonly erase: (tenant: string, conversation: string) => Promise<void>;
  /** Erases all of a person, and says how many rows that were. */
  readonly forget: (person: string) => Promise<number>;
};

/** Opens them. */
export function openReferences({ db }: Database): References {
  const newest = () => db.selectFrom("conversations").selectAll().orderBy("at_ms", "desc").orderBy("conversation");
  return {
    async put({ tenant, conversation, serviceUrl, ...rest }, nowMs) {
      const row = { ...rest, service_url: serviceUrl, at_ms: nowMs };
      await db
        .insertInto("conversations")
        .values({ tenant, conversation, ...row })
        .onConflict((conflict) =>
          conflict
            .columns(["tenant", "conversation"])
            .doUpdateSet({ ...row, zone: sql<string | null>`coalesce(excluded.zone, conversations.zone)` }),
        )
        .execute();
    },
    async find(tenant, conversation) {
      const row = newest().where((is) => is.and({ tenant, conversation }));
      return referenceOf(await row.executeTakeFirst());
    },
    ofPerson: async (person) => referenceOf(await newest().where("person", "=", person).limit(1).executeTakeFirst()),
    ofTenant: async (tenant) => referenceOf(await newest().where("tenant", "=", tenant).limit(1).executeTakeFirst()),
    async erase(tenant, conversation) {
      await db
        .deleteFrom("conversations")
        .where((is) => is.and({ tenant, conversation }))
        .execute();
    },
    async forget(person) {
      const gone = db.deleteFrom("conversations").where("person", "=", person);
      return Number((await gone.executeTakeFirstOrThrow()).numDeletedRows);
    },
  };
}

function referenceOf(row: ConversationsTable | undefined): Reference | null {
  if (row === undefined) return null;
  const { tenant, conversation, person, service_url: serviceUrl, bot, zone } = row;
  return { tenant, conversation, person, serviceUrl, bot, zone };
}
