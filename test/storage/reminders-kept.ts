/** What people say of what was sent, what they save, and how all of it is given out and erased; on both engines. */
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { sql } from "kysely";
import { expect, test } from "vitest";
import { openAnswers } from "#src/storage/answers.ts";
import { openFeedback } from "#src/storage/feedback.ts";
import { openReferences } from "#src/storage/references.ts";
import { userText } from "#src/turn.ts";
import type { Engine } from "../helpers/databases.ts";
import { alice, bob, channel, day, dm, hour, once, remindingOn, tables, ten, wanted, wantedAt } from "./reminding.ts";

/** Registers the tests. */
export function testKept(engine: Engine): void {
  const { fresh } = remindingOn(engine);

  test("the last word on what was sent counts, and the owner's alone", async () => {
    const { add, store, deliver } = await fresh();
    await add(wanted("a"));
    expect([await store.lastDone(alice), await store.lastSent(alice)]).toEqual([null, null]);
    const [first] = await deliver(ten);
    const id = first?.occurrence.id ?? "";
    expect(await store.lastSent(alice)).toMatchObject({ occurrence: { id }, reminder: { id: "a" }, sentMs: ten });
    expect(await store.lastSent(bob)).toBeNull();
    await store.answer(id, bob, "done", ten);
    expect([await store.lastDone(alice), await store.lastDone(bob), (await store.find("a"))?.unanswered]).toEqual([
      null,
      null,
      1,
    ]);
    await store.answer(id, alice, "done", ten + hour);
    expect([await store.lastDone(alice), (await store.find("a"))?.unanswered]).toEqual([ten + hour, 0]);
    await store.answer(id, alice, "skipped", ten + 2 * hour);
    expect(await store.lastDone(alice)).toBeNull();
    const [second] = await deliver(ten + day);
    expect((await store.lastSent(alice))?.occurrence.id).toBe(second?.occurrence.id);
    expect(await store.sentAs(id)).toMatchObject({ occurrence: { id }, sentMs: ten });
    expect(await store.sentAs("nowhere")).toBeNull();
  });

  test("what was sent more than two days ago is not what was sent last; nor is what a deleted one sent", async () => {
    const { add, store, deliver } = await fresh();
    const [a] = await add(wantedAt("a", ten - 2 * day - 1), wantedAt("b", ten - day));
    const [old] = await deliver(ten - 2 * day - 1);
    expect(await store.lastSent(alice)).toBeNull();
    expect((await store.sentAs(old?.occurrence.id ?? ""))?.reminder.id).toBe(a?.id);
    await deliver(ten - day);
    const found = await store.lastSent(alice);
    expect(found?.reminder.id).toBe("b");
    if (found) await store.change({ ...found.reminder, state: "deleted", next: null }, ten, { cancels: true });
    expect(await store.lastSent(alice)).toBeNull();
  });

  test("what is put off comes once more, where its reminder goes; and not of one that is gone", async () => {
    const { add, store, deliver } = await fresh();
    await add(wanted("a"), wanted("b", { place: channel, schedule: once }));
    const sentOnes = await deliver(ten);
    const idOf = (id: string) => sentOnes.find(({ reminder }) => reminder.id === id)?.occurrence.id ?? "";
    const due = { local: "2026-10-06T11:00", atMs: ten + hour };
    await store.snooze(idOf("a"), due, ten);
    await store.snooze(idOf("b"), due, ten);
    expect((await store.find("a"))?.unanswered).toBe(0);
    const gone = await store.find("b");
    if (gone) await store.change({ ...gone, state: "deleted", next: null }, ten, { cancels: true });
    await store.snooze(idOf("b"), { ...due, atMs: ten + 2 * hour }, ten);
    const came = await deliver(ten + 3 * hour);
    expect(came.map(({ occurrence, reminder }) => [occurrence.kind, reminder.id, occurrence.due])).toEqual([
      ["snooze", "a", due],
    ]);
    expect((await store.find("a"))?.unanswered).toBe(1);
  });

  test("what is put off anew after it was cancelled comes after all", async () => {
    const { add, store, deliver } = await fresh();
    await add(wanted("a"));
    const [first] = await deliver(ten);
    const due = { local: "2026-10-06T11:00", atMs: ten + hour };
    await store.snooze(first?.occurrence.id ?? "", due, ten);
    const kept = await store.find("a");
    const paused = kept && (await store.change({ ...kept, state: "paused", next: null }, ten, { cancels: true }));
    expect(paused?.state).toBe("paused");
    expect(await deliver(ten + hour)).toEqual([]);
    await store.snooze(first?.occurrence.id ?? "", due, ten);
    expect(await deliver(ten + hour)).toHaveLength(1);
  });

  test("saved entries stand in order, once each, and the oldest of more than 50 make room", async () => {
    const { store } = await fresh();
    await store.save(alice, ["b", "a"], ten);
    await store.save(alice, ["c", "b", "c"], ten + 1);
    await store.save(alice, [], ten + 1);
    await store.save(bob, ["z"], ten);
    expect([await store.saved(alice), await store.saved(bob)]).toEqual([["b", "a", "c"], ["z"]]);
    await store.save(
      alice,
      Array.from({ length: 48 }, (_, at) => `e${at}`),
      ten + 2,
    );
    const saved = await store.saved(alice);
    expect([saved.length, saved[0], saved.at(-1)]).toEqual([50, "a", "e47"]);
  });

  async function livedIn() {
    const opened = await fresh();
    const { add, store, deliver, tick, claim, record, database } = opened;
    const words = { label: userText("CANARY-LABEL"), partner: userText("CANARY-PARTNER") };
    const [a] = await add(
      wanted("a", words),
      wanted("b", { ...words, place: channel }),
      wanted("c", { person: bob, place: channel }),
    );
    const changed = a && (await store.change({ ...a, label: userText("CANARY-CHANGED") }, ten, { cancels: false }));
    expect(changed?.version).toBe(2);
    const [first] = await deliver(ten);
    await store.answer(first?.occurrence.id ?? "", first?.reminder.person ?? "", "done", ten);
    await store.setZone(alice, "Europe/Berlin", ten);
    await store.save(alice, ["training"], ten);
    await openFeedback(database).put({
      person: alice,
      place: "p",
      entries: ["time"],
      vote: "up",
      reason: null,
      atMs: ten,
    });
    const chat = { tenant: "t1", conversation: "a:1", serviceUrl: "https://one/", bot: "28:app", zone: "Europe/Rome" };
    await openReferences(database).put({ ...chat, person: alice }, ten);
    await openReferences(database).put({ ...chat, conversation: "19:g", person: null, zone: null }, ten);
    // Bob's is to be spoken for by one of hers.
    await tick(ten + day);
    for (const one of await claim(ten + 2 * day, { lateMs: hour }))
      await record(one, { kind: "retry", atMs: ten + 2 * day, mayBeThere: false });
    return opened;
  }

  test("all that is kept of a person can be had as plain data, with their own words and nobody else's", async () => {
    const { store } = await livedIn();
    const all = JSON.parse(JSON.stringify(await store.export(alice)));
    expect(all).toMatchObject({ person: alice, zone: "Europe/Berlin", saved: [{ entry: "training" }] });
    expect(all.reminders).toMatchObject([
      { id: "a", number: 1, label: "CANARY-CHANGED", partner: "CANARY-PARTNER", skips: [] },
      { id: "b", number: 2, label: "CANARY-LABEL" },
    ]);
    expect(all.feedback).toMatchObject([{ place: "p", entries: ["time"], vote: "up" }]);
    expect(all.occurrences.length).toBeGreaterThanOrEqual(4);
    expect(all.conversations).toEqual([
      {
        ...{ tenant: "t1", conversation: "a:1", service_url: "https://one/", bot: "28:app" },
        ...{ zone: "Europe/Rome", at_ms: ten },
      },
    ]);
    expect(JSON.stringify(all)).not.toContain(bob);
    expect(await store.export("slack:T1:UNOBODY")).toEqual({
      ...{ person: "slack:T1:UNOBODY", zone: null, lastDoneMs: null },
      ...{ reminders: [], occurrences: [], saved: [], feedback: [], conversations: [] },
    });
  });

  test("a person who is forgotten is in no row any more, and others are as they were", async () => {
    const { store, database, claim } = await livedIn();
    const rows = async () => {
      const all = await Promise.all(tables.map((table) => database.db.selectFrom(table).selectAll().execute()));
      return all.flat().map((row) => JSON.stringify(row));
    };
    const theirs = (await rows()).filter((row) => row.includes(alice));
    expect(await store.forget(alice)).toBe(theirs.length);
    expect((await rows()).filter((row) => /CANARY|U1ALICE/.test(row))).toEqual([]);
    expect(await store.forget(alice)).toBe(0);
    expect((await store.list(bob)).map(({ id }) => id)).toEqual(["c"]);
    expect((await openReferences(database).ofTenant("t1"))?.conversation).toBe("19:g");
    expect((await claim(ten + 2 * day)).map(({ reminder }) => reminder.id)).toEqual(["c"]);
  });

  if (engine.name === "SQLite")
    test("and not one word of theirs is in the bytes of the file", async () => {
      const { add, store, database } = await fresh();
      const { rows } = await sql<{ file: string }>`pragma database_list`.execute(database.db);
      const folder = join(rows[0]?.file ?? "", "..");
      const bytes = () =>
        readdirSync(folder)
          .map((name) => readFileSync(join(folder, name), "latin1"))
          .join("");
      const filler = (at: number) => ({
        label: userText(`CANARY ${"x".repeat(at % 53)}`),
        partner: userText("CANARY"),
      });
      for (let at = 0; at < 150; at += 1) {
        const person = at % 3 === 0 ? alice : `slack:T1:U${at}`;
        const words = person === alice ? filler(at) : { label: userText("another's") };
        const [kept] = await add(wanted(`r${at}`, { person, place: dm(String(at)), ...words }));
        if (kept && at % 2 === 0) {
          const changed = await store.change({ ...kept, ...(person === alice ? filler(at + 7) : {}) }, ten, {
            cancels: false,
          });
          if (changed && at % 12 === 0)
            await store.change({ ...changed, state: "deleted", next: null }, ten, { cancels: true });
        }
      }
      expect(bytes()).toContain("CANARY");
      await store.forget(alice);
      expect(bytes()).not.toContain("CANARY");
      expect(bytes()).toContain("another's");
    });

  test("what answers showed is erased with the rest, after 90 days", async () => {
    const { store, database } = await fresh();
    const answers = openAnswers(database);
    await answers.put("old", ["a"], ten);
    await answers.put("new", ["b"], ten + 1);
    expect(await store.purge(ten + 90 * day - 1)).toBe(0);
    expect(await store.purge(ten + 90 * day)).toBe(1);
    expect([await answers.entries("old"), await answers.entries("new")]).toEqual([[], ["b"]]);
  });

  test("what has had its time is erased, and when somebody last said done outlives it", async () => {
    const { add, store, deliver, database } = await fresh();
    const [a, , c] = await add(
      wanted("a"),
      wantedAt("b", ten),
      wanted("c"),
      wanted("d", { person: bob, place: channel }),
    );
    for (const { occurrence } of await deliver(ten)) await store.answer(occurrence.id, alice, "done", ten);
    if (a) await store.change({ ...a, label: userText("CANARY"), next: null }, ten, { cancels: false });
    if (c) await store.change({ ...c, state: "deleted", next: null }, ten, { cancels: true });
    await store.park({ person: bob }, "uninstalled", ten);
    const ids = async () =>
      (await database.db.selectFrom("reminders").select("id").orderBy("id").execute()).map(({ id }) => id);
    const before = async () =>
      (await database.db.selectFrom("reminders").select("before").where("before", "is not", null).execute()).length;
    const counts = await Promise.all([await store.purge(ten + day - 1), await ids(), await before()]);
    expect(counts).toEqual([0, ["a", "b", "c", "d"], 2]);
    expect([await store.purge(ten + day), await ids(), await before()]).toEqual([2, ["a", "b", "d"], 0]);
    expect([await store.purge(ten + 30 * day - 1), await ids()]).toEqual([0, ["a", "b", "d"]]);
    expect([await store.purge(ten + 30 * day), await ids()]).toEqual([2, ["a", "b"]]);
    expect([await store.purge(ten + 90 * day - 1), await ids()]).toEqual([0, ["a", "b"]]);
    expect(await database.db.selectFrom("occurrences").selectAll().execute()).toHaveLength(2);
    expect([await store.purge(ten + 90 * day), await ids()]).toEqual([3, ["a"]]);
    expect(await database.db.selectFrom("occurrences").selectAll().execute()).toEqual([]);
    expect([await store.lastDone(alice), await store.purge(ten + 400 * day)]).toEqual([ten, 0]);
    expect((await store.export(alice)).lastDoneMs).toBe(ten);
  });
}
