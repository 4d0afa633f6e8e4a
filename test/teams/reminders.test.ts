/** Reminders in Teams from end to end, on a real store: set, read back, brought, answered by whoever presses, stopped and gone on with. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { openPlace } from "#adapters/teams/read.ts";
import { nextAfter } from "#src/reminders/calendar/calendar.ts";
import { createDesk } from "#src/reminders/desk/desk.ts";
import { notice } from "#src/reminders/desk/notice.ts";
import { createSettle } from "#src/reminders/desk/settle.ts";
import { advanceWith } from "#src/reminders/dispatch/advance.ts";
import type { Whose } from "#src/reminders/store.ts";
import { openDatabase } from "#src/storage/database.ts";
import { openLedger } from "#src/storage/ledger.ts";
import { openReminderStore } from "#src/storage/reminders.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { emptyFolder, removeFolders } from "../helpers/databases.ts";
import { until } from "../helpers/slack/until.ts";
import {
  alice,
  bob,
  channelMention,
  chats,
  executed,
  groupMention,
  installation,
  type Json,
  personalMessage,
  someoneElse,
  submitted,
  us,
} from "../helpers/teams/activities.ts";
import { chatWith } from "../helpers/teams/connector.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const idOf = ({ aad }: { readonly aad: string }) => `teams:${us.tenant}:${aad}`;
const bobs = "a:1bob-and-bearings";

/** The store, the desk and the ledger, whose clock this moves. */
async function openReminders() {
  const database = await openDatabase({ kind: "sqlite", dir: emptyFolder() });
  const knowledge = await openKnowledge();
  let aheadMs = 0;
  const nowMs = () => Date.now() + aheadMs;
  const store = openReminderStore(database, { clock: nowMs });
  const ledger = openLedger(database, { clock: nowMs });
  const none = () => new Set<string>();
  const desk = createDesk({ store, knowledge: () => knowledge, holidays: none, zone: "Europe/London" });
  return {
    store,
    settle: createSettle({ desk: async () => desk, log: () => {} }),
    reminders: {
      mine: desk.mine,
      forget: store.forget,
      park: async (whose: Whose, why: string) => store.park(whose, why, nowMs()),
      unpark: async (whose: Whose, whys: readonly string[]) =>
        store.unpark(whose, whys, nowMs(), ({ schedule }) => nextAfter(schedule, nowMs(), none())),
    },
    /** What is due a week from now, drawn. */
    async due() {
      aheadMs += 7 * 24 * 3_600_000;
      await ledger.tick(nowMs(), 10, advanceWith(none));
      const claim = { nowMs: nowMs(), leaseMs: 60_000, lateMs: 60_000, most: 1, to: { doors: ["teams"] } };
      const [claimed] = await ledger.claim(claim);
      if (claimed === undefined) throw new Error("nothing is due");
      const { occurrence, fence, reminder } = claimed;
      const outcome = { kind: "sent", atMs: nowMs(), isAsked: false } as const;
      await ledger.record([{ id: occurrence.id, fence, outcome }]);
      return { place: reminder.place, id: occurrence.id, reply: notice(claimed, nowMs(), knowledge) };
    },
    close: () => database.close(),
  };
}

let stage: TeamsStage;
let kept: Awaited<ReturnType<typeof openReminders>>;
beforeAll(async () => {
  kept = await openReminders();
  stage = await teamsStage({ core: { settle: kept.settle, reminders: kept.reminders } });
});
afterEach(async () => {
  for (const who of [alice, bob]) await kept.store.forget(idOf(who));
  stage.microsoft.clear();
});
afterAll(async () => {
  await stage.close();
  await kept.close();
  removeFolders();
});

/** Each at another moment, since the same words of the same moment are one message. */
const say = (activity: Json) => {
  count += 1;
  return stage.say({ ...activity, localTimestamp: `2026-11-25T10:00:00.${String(count).padStart(3, "0")}+00:00` });
};
const textOf = (activity: Json) => say(activity).then(({ text }) => text);
const aliceHas = async () => (await kept.store.list(idOf(alice))).filter(({ state }) => state !== "deleted");
const raw = (conversation: string) =>
  stage
    .posted(conversation)
    .map((one) => one.raw)
    .join("\n");

/** The data of the button with these words, in what was posted last there. */
function buttonIn(drawn: string, title: string): Json {
  const found = new RegExp(`"title":"${title}"(?:,"verb":"[^"]*")?,"data":(\\{[^}]*\\})`).exec(drawn)?.[1];
  if (found === undefined) throw new Error(`no button ${title} in ${drawn}`);
  return JSON.parse(found);
}

const theirs = () => [...stage.kept.references.values()].filter(({ person }) => person === idOf(alice));

let count = 0;
const message = () => String(++count + 1_800_000_000_000);

describe("where others read along", () => {
  test.each([
    ["a channel", channelMention, chats.channel],
    ["a group chat", groupMention, chats.group],
  ])(
    "in %s, what somebody has set is told in the chat with them, and nothing of it there",
    async (_, mention, there) => {
      await say(personalMessage("remind me every Tuesday at 10:00 with Maria"));
      for (const words of [
        "supervision list",
        "supervision skip next",
        "supervision delete all",
        "when was my last supervision",
      ])
        await say(mention(words));
      expect(raw(there)).not.toMatch(/Maria|Tuesday|Delete all|supervision/i);
      expect(stage.posted(there)).toEqual([]);
      expect(raw(chats.personal)).toContain("You have one reminder");
    },
  );

  test("where the chat with them cannot be opened, the thread says how, and nothing else", async () => {
    const from = someoneElse("29:1never-met");
    stage.microsoft.fail({ what: "create", kind: "status", status: 403, code: "Forbidden" });
    await say(channelMention("supervision list", { from }));
    expect(stage.posted()).toMatchObject([
      { conversation: chats.channel, text: expect.stringContaining("open a chat") },
    ]);
  });

  test("one for the channel is read back there, comes there, and is anybody's to stop and nobody's to change", async () => {
    await say(channelMention("remind us here every Monday at 10:00"));
    expect(raw(chats.channel)).toContain("Set, as number 1");
    const [set] = await aliceHas();
    if (set === undefined) return expect.fail("It is not kept.");
    expect(openPlace(set.place)).toMatchObject({ kind: "conversation", conversation: chats.channel });
    const { place, reply, id } = await kept.due();
    expect(await stage.door.deliver(place, reply, { id, triedMs: null })).toEqual({ kind: "sent" });
    const card = stage.posted(chats.channel).at(-1);
    const press = (data: Json) => textOf(executed(data, card?.id ?? "", { kind: "channel", from: bob }));
    for (const token of [
      `r/change/${set.id}`,
      `r/delete/${set.id}`,
      `r/pause/${set.id}`,
      `r/done/${id}`,
      `r/snooze/${id}/60`,
    ])
      expect(await press({ verb: "press", token })).toMatch(/set by somebody else|not yours|somebody else/i);
    expect(await press({ verb: "press", token: `r/undo/${set.id}/1` })).not.toContain("Taken back");
    expect(await aliceHas()).toMatchObject([{ state: "active" }]);
    await press(buttonIn(card?.raw ?? "", "Stop this reminder"));
    expect(await aliceHas()).toMatchObject([{ state: "parked", why: "stopped" }]);
  });

  test("a button that deletes all is under no message that others can press", async () => {
    await say(personalMessage("remind me every Tuesday at 10:00"));
    await say(personalMessage("remind me every Friday at 10:00", { from: bob, conversation: bobs }));
    await say(channelMention("supervision delete all"));
    expect(raw(chats.channel)).not.toContain("delete-all");
    expect(raw(chats.personal)).toContain("delete-all");
  });
});

describe("in the chat with a person", () => {
  test("it comes, and what is pressed is done, by Submit as well", async () => {
    await say(personalMessage("remind me every Tuesday at 10:00 with Maria"));
    const { place, reply, id } = await kept.due();
    expect(await stage.door.deliver(place, reply, { id, triedMs: null })).toEqual({ kind: "sent" });
    const card = stage.posted(chats.personal).at(-1);
    const done = buttonIn(card?.raw ?? "", "Done");
    await say(executed(done, card?.id ?? ""));
    expect(await kept.store.lastDone(idOf(alice))).not.toBeNull();
    await say(submitted(buttonIn(card?.raw ?? "", "Skip"), card?.id ?? ""));
    expect(await kept.store.lastDone(idOf(alice))).toBeNull();
  });

  test("the zone that a message brought counts for a press that brings none", async () => {
    const silent = { localTimezone: undefined, entities: [] };
    await say(personalMessage("hello", { zone: "America/Toronto" }));
    const { text } = await say(
      executed({ verb: "press", token: "r/form" }, message(), { kind: "group", more: silent }),
    );
    expect(text).toContain("America/Toronto");
    await say(executed({ verb: "press", token: "r/form" }, message(), { more: silent }));
    expect(raw(chats.personal)).toContain("America/Toronto");
  });

  test("F27: they stop when the app is removed, and go on when it is there again", async () => {
    await say(personalMessage("remind me every Tuesday at 10:00"));
    await say(installation("remove"));
    expect(await aliceHas()).toMatchObject([{ state: "parked", why: "uninstalled" }]);
    await say(installation("add"));
    await until("it goes on", async () => (await aliceHas())[0]?.state === "active");
  });

  test("deleting one's data leaves no row, and the next message none but where they are reached", async () => {
    await say(personalMessage("remind me every Tuesday at 10:00 with Maria"));
    await until("they are known", () => theirs().length === 1);
    await say(executed({ verb: "forget-now", token: "forget" }, message()));
    expect([await kept.store.list(idOf(alice)), theirs()]).toEqual([[], []]);
    await say(personalMessage("supervision list"));
    expect(await kept.store.list(idOf(alice))).toEqual([]);
    await until("they are known", () => theirs().length === 1);
  });
});

test("somebody met in a channel alone sets one that comes to the chat with them", async () => {
  const from = someoneElse("29:1met-in-a-channel");
  await say(channelMention("remind me every Tuesday at 10:00", { from }));
  const { place, reply, id } = await kept.due();
  expect(await stage.door.deliver(place, reply, { id, triedMs: null })).toEqual({ kind: "sent" });
  expect(stage.posted(chatWith(from.id)).at(-1)?.raw).toContain("upervision");
});
