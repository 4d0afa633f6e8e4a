/** Buttons: in a personal chat the conversation goes on; elsewhere the presser alone sees what comes; and pressed twice is once. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Place, Turn } from "#src/turn.ts";
import { reveal } from "#src/turn.ts";
import { noReminders, noteOf } from "../helpers/slack/kept.ts";
import { until } from "../helpers/slack/until.ts";
import {
  alice,
  chats,
  executed,
  type Json,
  personalMessage,
  someoneElse,
  submitted,
  us,
} from "../helpers/teams/activities.ts";
import { chatWith } from "../helpers/teams/connector.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const person = `teams:${us.tenant}:${alice.aad}`;
const cardType = "application/vnd.microsoft.card.adaptive";
const wordsType = "application/vnd.microsoft.activity.message";

let stage: TeamsStage;
const settled: { readonly turn: Turn; readonly here: Place | null }[] = [];
const reminders = noReminders();
beforeAll(async () => {
  stage = await teamsStage({
    core: {
      reminders,
      settle: async (turn, { reply }, { here }) => {
        settled.push({ turn, here });
        if (turn.said.kind !== "filled") return reply;
        const label = turn.said.fields.label;
        return label === undefined || reveal(label) === ""
          ? {
              kind: "form",
              why: "form",
              token: "r/again",
              fields: [],
              send: "Save",
              say: "A label is missing.",
              asides: [],
              buttons: [],
            }
          : noteOf("It is set.");
      },
    },
  });
});
beforeEach(() => {
  settled.length = 0;
  reminders.asked.length = 0;
});
afterEach(() => stage.microsoft.clear());
afterAll(() => stage.close());

let count = 0;
/** A message that no other test presses a button of. */
const message = () => String(++count + 1_700_000_000_000);
const press = { verb: "press", token: "show/supervisors" };
const textOf = (json: unknown) => JSON.stringify(json);

describe("in the personal chat", () => {
  test("what it leads to is a new message, and the card stays as it is, with words that are not empty", async () => {
    const { status, json } = await stage.say(executed(press, message()));
    expect(status).toBe(200);
    expect(json).toMatchObject({ statusCode: 200, type: wordsType, value: expect.stringMatching(/\w/) });
    expect(stage.posted(chats.personal)).toMatchObject([{ text: expect.stringContaining("upervis") }]);
  });

  test("what could not be posted is said, and posted when it is pressed again", async () => {
    const pressed = message();
    stage.microsoft.fail({ what: "send", kind: "status", status: 403, code: "Forbidden" });
    expect(textOf((await stage.say(executed(press, pressed))).json)).toContain("press the button again");
    await stage.say(executed(press, pressed));
    expect(stage.posted(chats.personal)).toHaveLength(1);
  });

  test("a form that lacks something says so where it stands; put right, it gives way to what came of it", async () => {
    await stage.say(personalMessage("hello"));
    const [form] = stage.posted(chats.personal);
    const save = { verb: "save-form", token: "r/form", label: "" };
    const { json: again } = await stage.say(executed(save, form?.id ?? ""));
    expect(again).toMatchObject({ statusCode: 200, type: cardType });
    expect(textOf(again)).toContain("A label is missing.");
    const { json: done } = await stage.say(executed({ ...save, label: "With Sam" }, form?.id ?? ""));
    expect(done).toMatchObject({ type: cardType });
    expect(textOf(done)).toContain("It is set.");
    const updates = () => stage.posted(chats.personal).filter(({ how }) => how === "update");
    expect(await until("it gave way", () => updates().length > 0 && updates())).toMatchObject([{ id: form?.id }]);
    expect(stage.posted(chats.personal).filter(({ how }) => how === "send")).toHaveLength(1);
  });
});

describe("where several read along", () => {
  test.each(["group", "channel"] as const)("in a %s the presser alone sees it, in place of the card", async (kind) => {
    const { json } = await stage.say(executed(press, message(), { kind }));
    expect(json).toMatchObject({ statusCode: 200, type: cardType, value: { type: "AdaptiveCard" } });
    expect(stage.posted()).toEqual([]);
    expect(settled).toMatchObject([{ here: { isPrivate: false } }]);
  });

  test("from an older client it goes to the chat with the person", async () => {
    expect((await stage.say(submitted(press, message(), { kind: "channel" }))).status).toBe(200);
    expect(stage.posted()).toMatchObject([{ conversation: chatWith(alice.id) }]);
  });

  test("what takes long is said to be on its way, and comes to the chat with the person", async () => {
    const slow = await teamsStage({
      microsoft: stage.microsoft,
      patience: { message: 50, press: 50, dialog: 50 },
      core: {
        settle: async (_turn, { reply }) => {
          await until("the press is answered", () => isAnswered);
          return reply;
        },
      },
    });
    let isAnswered = false;
    const { json } = await slow.say(executed(press, message(), { kind: "group" }));
    expect(json).toMatchObject({ type: wordsType, value: expect.stringContaining("longer") });
    isAnswered = true;
    await slow.waitForPosted(1, chatWith(alice.id));
    await slow.close();
  });
});

describe("pressed twice", () => {
  test.each(["personal", "group"] as const)(
    "in a %s chat, the first result is given again and nothing is done twice",
    async (kind) => {
      const pressed = message();
      const answers = await Promise.all([1, 2, 3].map(() => stage.say(executed(press, pressed, { kind }))));
      answers.push(await stage.say(executed(press, pressed, { kind })));
      expect(new Set(answers.map(({ text }) => text)).size).toBe(1);
      expect(settled).toHaveLength(1);
      expect(stage.posted()).toHaveLength(kind === "personal" ? 1 : 0);
    },
  );

  test("with another button in between it is meant anew: a reminder is paused, goes on, and is paused", async () => {
    const on = message();
    for (const token of ["r/pause/a", "r/resume/a", "r/pause/a"])
      await stage.say(executed({ verb: "press", token }, on, { kind: "group" }));
    expect(settled).toHaveLength(3);
  });

  test("by two people it is done for each, and so is another button", async () => {
    const pressed = message();
    await stage.say(executed(press, pressed, { kind: "group" }));
    await stage.say(executed(press, pressed, { kind: "group", from: someoneElse("29:1other") }));
    await stage.say(executed({ ...press, token: "browse" }, pressed, { kind: "group" }));
    expect(settled).toHaveLength(3);
  });
});

describe("buttons of this door", () => {
  test("sources in full name the reference to copy", async () => {
    const { json } = await stage.say(
      executed({ verb: "sources", token: "show/supervisors" }, message(), { kind: "group" }),
    );
    expect(json).toMatchObject({ type: cardType });
    expect(textOf(json)).toContain("(reference)");
  });

  test("deleting one's data is asked once more; then it erases votes, reminders and where the person is reached", async () => {
    await stage.say(personalMessage("privacy"));
    const [privacy] = stage.posted(chats.personal);
    expect(privacy?.raw).toContain("Delete my data");
    expect(privacy?.text).toContain("the votes you leave");
    await until("it is kept", () => [...stage.kept.references.values()].some((one) => one.person === person));
    await stage.say(executed({ verb: "forget", token: "forget" }, privacy?.id ?? ""));
    expect(stage.posted(chats.personal).at(-1)?.raw).toContain("forget-now");
    expect(reminders.asked).toEqual([]);
    await stage.say(executed({ verb: "forget-now", token: "forget" }, message()));
    expect(reminders.asked).toEqual([["forget", person]]);
    expect([...stage.kept.references.values()].filter((one) => one.person === person)).toEqual([]);
    expect(stage.posted(chats.personal).at(-1)?.text).toContain("erased");
  });

  test("deleting is not offered where others read along, and can be left", async () => {
    const { text } = await stage.say(executed({ verb: "press", token: "privacy" }, message(), { kind: "group" }));
    expect(text).not.toContain("Delete my data");
    await stage.say(executed({ verb: "forget-not", token: "forget" }, message()));
    expect(reminders.asked).toEqual([]);
  });

  test("one that nobody knows any more, or with a token of somebody's making, leads to what there is", async () => {
    for (const data of [
      { verb: "of-old", token: "x" },
      { verb: "press", token: "__proto__" },
      { verb: "sources", token: "" },
    ] as readonly Json[]) {
      const { status, json } = await stage.say(executed(data, message(), { kind: "group" }));
      expect([status, json]).toMatchObject([200, { statusCode: 200, type: cardType }]);
    }
  });
});
