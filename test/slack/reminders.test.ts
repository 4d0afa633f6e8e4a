/** Reminders through every way in: what is settled and what never is, and the buttons of one that has arrived. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { reveal } from "#src/turn.ts";
import { directMessage, eventEnvelope, mention } from "../helpers/slack/events.ts";
import { messageAction, pressOnMessage, slashCommand } from "../helpers/slack/interactions.ts";
import { noteOf } from "../helpers/slack/kept.ts";
import { alice, channels, us } from "../helpers/slack/team.ts";
import { aliceInPrivate, generalAsSuch, nextTs, openSettling, readBack, type Settling } from "./settling.ts";

let s: Settling;
beforeEach(async () => {
  s = await openSettling();
});
afterEach(() => s.close());

const wish = "remind me every 2 weeks on Tuesday at 10:00";
const danger = "I am going to kill myself tonight";

describe("what is settled", () => {
  test("is a wish in a direct message, in the zone of the profile, for the person alone", async () => {
    s.says.made = () => readBack;
    await s.door.event(eventEnvelope(directMessage({ text: wish, ts: nextTs() })));
    const { turn, direct, here } = s.only();
    expect(turn.person).toEqual({
      id: `slack:${us.team}:${alice.id}`,
      zone: { name: "Europe/Berlin", from: "profile" },
    });
    expect({ direct, here }).toMatchObject({ direct: aliceInPrivate, here: null });
    expect(s.fake.posted()).toMatchObject([{ channel: channels.dm, text: readBack.say }]);
  });

  test("is a wish in a channel, which a reminder may go to as well", async () => {
    await s.door.event(eventEnvelope(mention({ text: `<@U0BOT> ${wish}`, ts: nextTs() })));
    expect(s.only()).toMatchObject({ direct: aliceInPrivate, here: generalAsSuch });
  });

  test("once, though one mention is brought several times", async () => {
    const body = eventEnvelope(mention({ text: `<@U0BOT> ${wish}`, ts: nextTs() }));
    await Promise.all([1, 2, 3].map(() => s.door.event(body)));
    await s.door.event(body, { retryNum: 1 });
    expect(s.all).toHaveLength(1);
  });

  test("is /supervision with words, and its answer is in the acknowledgement", async () => {
    s.says.made = () => readBack;
    const { text } = await s.door.command(slashCommand("/supervision", "every 2 weeks on Tuesday at 10:00"));
    const { turn, here } = s.only();
    expect(turn.said.kind === "text" ? reveal(turn.said.text) : "").toBe(
      "/supervision every 2 weeks on Tuesday at 10:00",
    );
    expect(turn.person.zone?.name).toBe("Europe/Berlin");
    expect(here).toMatchObject(generalAsSuch);
    expect(JSON.parse(text)).toMatchObject({ response_type: "ephemeral", text: readBack.say });
  });

  test("is an answer too, which can be saved; nobody's zone is asked for then", async () => {
    s.says.made = ({ response }) => ({
      ...response.reply,
      buttons: [...response.reply.buttons, { label: "Save for supervision", token: "r/save/supervision" }],
    });
    const question = "who may supervise this work";
    await s.door.event(eventEnvelope(directMessage({ text: question, ts: nextTs() })));
    const { text } = await s.door.command(slashCommand("/bearings", question));
    await s.door.interaction(
      messageAction("look-up", { text: question }, { responseUrl: s.fake.responseUrl("C01GEN", alice.id) }),
    );
    await expect.poll(() => s.fake.posted()).toHaveLength(2);
    for (const said of [text, ...s.fake.posted().map(({ blocks }) => JSON.stringify(blocks))])
      expect(said).toContain("r/save/supervision");
    expect(s.all.map(({ turn }) => turn.person.zone)).toEqual([null, null, null]);
    expect(s.fake.calls("users.info")).toEqual([]);
  });

  test("is never a reply to danger", async () => {
    await s.door.event(eventEnvelope(directMessage({ text: `${wish}. ${danger}`, ts: nextTs() })));
    await s.door.event(eventEnvelope(mention({ text: `<@U0BOT> ${danger}`, ts: nextTs() })));
    await s.door.command(slashCommand("/supervision", danger));
    await s.door.interaction(
      messageAction("look-up", { text: danger }, { responseUrl: s.fake.responseUrl("C01GEN", alice.id) }),
    );
    await expect.poll(() => s.fake.posted()).toHaveLength(3);
    expect(s.all).toEqual([]);
    for (const { text } of s.fake.posted()) expect(text).toContain("911");
  });

  test("is never a wish that someone else wrote and a person only looks up", async () => {
    const responseUrl = s.fake.responseUrl("C01GEN", alice.id);
    await s.door.interaction(messageAction("look-up", { text: "remind me every Tuesday at 10:00" }, { responseUrl }));
    await expect.poll(() => s.fake.posted()).toHaveLength(1);
    expect(s.all).toEqual([]);
  });
});

describe("a button of a reminder that has arrived", () => {
  const press = (on: object) =>
    s.door.interaction(pressOnMessage({ actionId: "press.0", value: "r/done/occ-1", actionTs: nextTs() }, on));

  test("is answered in its thread in a direct message, once", async () => {
    s.says.made = () => noteOf("Well done.");
    const on = { channel: channels.dm, ts: "1700000000.000100" };
    const body = pressOnMessage({ actionId: "press.0", value: "r/done/occ-1", actionTs: nextTs() }, on);
    await Promise.all([1, 2, 3].map(() => s.door.interaction(body)));
    await expect
      .poll(() => s.fake.posted())
      .toMatchObject([{ channel: channels.dm, thread: on.ts, text: "Well done." }]);
    expect(s.only().turn.said).toEqual({ kind: "pressed", token: "r/done/occ-1" });
    expect(s.only().here).toBeNull();
  });

  test("is answered to the presser alone in a channel", async () => {
    s.says.made = () => noteOf("Well done.");
    await press({ channel: channels.general });
    await expect
      .poll(() => s.fake.posted())
      .toMatchObject([{ channel: channels.general, to: alice.id, text: "Well done." }]);
    expect(s.only().here).toMatchObject(generalAsSuch);
  });
});
