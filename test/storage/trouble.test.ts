/** Whatever goes wrong in a database, nothing of what was asked or kept is in the error. */
import { inspect } from "node:util";
import { sql } from "kysely";
import { afterEach, describe, expect, test } from "vitest";
import { BearingsError } from "#src/errors.ts";
import { openAnswers } from "#src/storage/answers.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import { openInstalls } from "#src/storage/installs.ts";
import { openReferences } from "#src/storage/references.ts";
import { openSeen } from "#src/storage/seen.ts";
import type { Database } from "#src/storage/tables.ts";
import { storageError } from "#src/storage/trouble.ts";
import { openEngines } from "../helpers/databases.ts";

const { engines, missing } = await openEngines();
if (missing !== null) test.skip(missing, () => {});

const open: Database[] = [];
afterEach(async () => {
  for (const database of open.splice(0)) await database.close();
});

const caught = (work: Promise<unknown>): Promise<unknown> =>
  work.then(
    () => expect.fail("It did not reject."),
    (error: unknown) => error,
  );

/** All that a careless log could print of an error. */
const everything = (error: unknown): string =>
  inspect(error, { depth: null, showHidden: true }) + JSON.stringify(error, Object.getOwnPropertyNames(error));

describe.each(engines)("on $name", ({ empty }) => {
  test("no error holds a parameter, a row or a statement", async () => {
    const database = await openDatabase(await empty());
    open.push(database);
    const { db } = database;
    const row = { id: "CANARY", state: "working", owner: "CANARY", until_ms: 1, at_ms: 1 } as const;
    await db.insertInto("seen").values(row).execute();
    const errors = [await caught(db.insertInto("seen").values(row).execute())];
    errors.push(await caught(sql`select cast(${"CANARY"} as integer) from CANARY`.execute(db)));
    errors.push(await caught(sql`insert into installs values (${"CANARY"}, ${"CANARY"}, null, 1)`.execute(db)));
    const inTransaction = db.transaction().execute((one) => one.insertInto("seen").values(row).execute());
    errors.push(await caught(inTransaction));
    for (const table of ["seen", "installs", "feedback", "conversations", "answers"])
      await db.schema.dropTable(table).execute();
    const vote = {
      person: "CANARY",
      place: "CANARY",
      entries: ["CANARY"],
      vote: "up",
      reason: "CANARY",
      atMs: 1,
    } as const;
    errors.push(await caught(openFeedback(database).put(vote)));
    const [references, answers] = [openReferences(database), openAnswers(database)];
    const chat = { tenant: "CANARY", conversation: "CANARY", person: "CANARY", zone: "CANARY" };
    const calls: readonly (() => Promise<unknown>)[] = [
      () => references.put({ ...chat, serviceUrl: "CANARY", bot: "CANARY" }, 1),
      () => references.find("CANARY", "CANARY"),
      () => references.ofPerson("CANARY"),
      () => references.ofTenant("CANARY"),
      () => references.erase("CANARY", "CANARY"),
      () => references.forget("CANARY"),
      () => answers.put("CANARY", ["CANARY"], 1),
      () => answers.entries("CANARY"),
      () => answers.sweep(1),
    ];
    for (const call of calls) errors.push(await caught(call()));
    errors.push(await caught(openSeen(database, { owner: "CANARY" }).claim("CANARY", 1)));
    const installs = openInstalls(database, Buffer.alloc(32, 1));
    errors.push(await caught(installs.put("CANARY", "CANARY", "CANARY", 1)));
    errors.push(await caught(installs.renew("CANARY", "CANARY", async () => "CANARY")));
    for (const error of errors) {
      expect(everything(error)).not.toContain("CANARY");
      expect(error).toMatchObject({ code: expect.stringMatching(/^(?:SQLITE_\w+|[0-9A-Z]{5})$/) });
    }
  });
});

describe("storageError", () => {
  test("keeps the name and the code, and nothing else", () => {
    const cause = Object.assign(new TypeError("CANARY"), { code: "57P01", detail: "CANARY", parameters: ["CANARY"] });
    const error = storageError(cause);
    expect(error).toMatchObject({ name: "TypeError", code: "57P01", message: "The database could not do it (57P01)." });
    expect(everything(error)).not.toContain("CANARY");
  });

  test("takes no code that could be a sentence", () => {
    expect(storageError(Object.assign(new Error("x"), { code: "a CANARY" })).code).toBe("unknown");
    expect(storageError("CANARY", "lost").code).toBe("lost");
  });

  test("names the kind of trouble that SQLite gives a number", () => {
    const coded = (errcode: number) => storageError(Object.assign(new Error("x"), { errcode })).code;
    expect([13, 1555, 4874, 99].map(coded)).toEqual(["SQLITE_FULL", "SQLITE_CONSTRAINT", "SQLITE_IOERR", "SQLITE_99"]);
  });

  test("leaves an error of ours as it is", () => {
    const ours = new BearingsError("storage", "It is newer.", "Start a later one.");
    expect(storageError(ours)).toBe(ours);
  });
});
