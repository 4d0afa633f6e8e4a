/** Where each conversation of Teams is reached, so that reminders find people: ids and an address, no words. */
import { sql } from "kysely";
import type { Reference, References } from "../doors/core.ts";
import type { ConversationsTable, Database } from "./tables.ts";

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
