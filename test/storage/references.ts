/** Where people are reached: the newest of what was heard, one row for each conversation, and none of who is forgotten. */
import { expect, test } from "vitest";
import { openReferences } from "#src/storage/references.ts";
import type { Engine } from "../helpers/databases.ts";
import { remindingOn, ten } from "./reminding.ts";

const ann = "teams:t1:29:ann";
const chat = {
  tenant: "t1",
  conversation: "a:1",
  person: ann,
  serviceUrl: "https://smba.trafficmanager.net/emea/",
  bot: "28:app",
  zone: "Europe/Lisbon",
};
const group = { ...chat, conversation: "19:g@thread.v2", person: null, zone: null };

/** Registers the tests. */
export function testReferences(engine: Engine): void {
  const { fresh, several } = remindingOn(engine);

  async function open() {
    const { database } = await fresh();
    const rows = () => database.db.selectFrom("conversations").selectAll().orderBy("conversation").execute();
    return { references: openReferences(database), rows };
  }

  test("what was kept of a conversation is found by it, and by the person of a personal chat", async () => {
    const { references } = await open();
    expect([await references.find("t1", "a:1"), await references.ofPerson(ann)]).toEqual([null, null]);
    await references.put(chat, ten);
    await references.put(group, ten + 1);
    expect([await references.find("t1", "a:1"), await references.ofPerson(ann)]).toEqual([chat, chat]);
    expect(await references.find("t1", group.conversation)).toEqual(group);
    expect(await references.find("t2", "a:1")).toBeNull();
    expect(await references.ofPerson("teams:t1:29:an")).toBeNull();
  });

  test("F26: a new address takes the place of the old one, in the same row", async () => {
    const { references, rows } = await open();
    await references.put(chat, ten);
    const moved = { ...chat, serviceUrl: "https://smba.trafficmanager.net/uk/", bot: "28:other", zone: "Europe/Rome" };
    await references.put(moved, ten + 1);
    expect(await references.find("t1", "a:1")).toEqual(moved);
    expect(await rows()).toMatchObject([{ at_ms: ten + 1 }]);
  });

  test("a zone that is not known leaves the one that is", async () => {
    const { references } = await open();
    await references.put({ ...chat, zone: null }, ten);
    expect((await references.ofPerson(ann))?.zone).toBeNull();
    await references.put(chat, ten + 1);
    await references.put({ ...chat, zone: null }, ten + 2);
    expect((await references.ofPerson(ann))?.zone).toBe("Europe/Lisbon");
  });

  test("of several of a person or of a tenant the newest counts, by when it was put last", async () => {
    const { references } = await open();
    const other = { ...chat, conversation: "a:2" };
    await references.put(chat, ten);
    await references.put(other, ten + 1);
    await references.put({ ...chat, tenant: "t2", person: "teams:t2:29:ann" }, ten + 9);
    expect(await references.ofPerson(ann)).toEqual(other);
    await references.put(chat, ten + 2);
    expect(await references.ofPerson(ann)).toEqual(chat);
    await references.put(group, ten + 3);
    expect([await references.ofPerson(ann), await references.ofTenant("t1")]).toEqual([chat, group]);
    expect(await references.ofTenant("t3")).toBeNull();
  });

  test("one conversation is erased, and the others are left", async () => {
    const { references } = await open();
    await references.put(chat, ten);
    await references.put(group, ten);
    await references.put({ ...group, tenant: "t2" }, ten);
    await references.erase("t1", group.conversation);
    await references.erase("t1", "nowhere");
    expect(await references.find("t1", group.conversation)).toBeNull();
    expect([await references.ofPerson(ann), (await references.ofTenant("t2"))?.tenant]).toEqual([chat, "t2"]);
  });

  test("who is forgotten has no row any more, is counted, and has one again when they come back", async () => {
    const { references, rows } = await open();
    const bob = { ...chat, conversation: "a:3", person: "teams:t1:29:bob" };
    for (const one of [chat, { ...chat, conversation: "a:2" }, bob, group]) await references.put(one, ten);
    expect([await references.forget(ann), await references.forget(ann)]).toEqual([2, 0]);
    expect((await rows()).map(({ conversation }) => conversation)).toEqual([group.conversation, "a:3"]);
    await references.put({ ...chat, zone: null }, ten + 1);
    expect(await references.ofPerson(ann)).toEqual({ ...chat, zone: null });
  });

  test("replicas that put one conversation at once leave one row, whole, while another erases it", async () => {
    const all = (await several(3)).map(({ database }) => openReferences(database));
    const [first] = all;
    const one = (at: number) => ({ ...chat, serviceUrl: `https://${at}/`, bot: `28:${at}`, zone: `Zone/${at}` });
    await Promise.all(
      Array.from({ length: 30 }, async (_, at) => {
        const references = all[at % all.length];
        await (at % 10 === 5 ? references?.erase("t1", "a:1") : references?.put(one(at), ten));
      }),
    );
    const found = await first?.ofPerson(ann);
    const at = Number(found?.bot.slice(3) ?? -1);
    expect(found ?? one(at)).toEqual(one(at));
    await first?.put(one(99), ten);
    expect([await all.at(-1)?.find("t1", "a:1"), await first?.forget(ann)]).toEqual([one(99), 1]);
  });
}
