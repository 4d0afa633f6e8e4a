/** The app comes and goes: a greeting once and not to a crowd; reminders stop with it, and go on with it. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { noReminders } from "../helpers/slack/kept.ts";
import { until } from "../helpers/slack/until.ts";
import { alice, installation, personalMessage, us } from "../helpers/teams/activities.ts";
import { createTeamsMemory } from "../helpers/teams/memory.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const person = `teams:${us.tenant}:${alice.aad}`;
let stage: TeamsStage;
const reminders = noReminders();
beforeAll(async () => {
  stage = await teamsStage({ core: { reminders } });
});
beforeEach(() => {
  reminders.asked.length = 0;
});
afterEach(() => stage.microsoft.clear());
afterAll(() => stage.close());

let count = 0;
const ofItsOwn = () => `a:welcome-${++count}`;
const keyOf = (conversation: string) => JSON.stringify([us.tenant, conversation]);

describe("a greeting", () => {
  test("comes once in a personal chat, says what is kept, and the chat is known from then on", async () => {
    const conversation = ofItsOwn();
    for (let times = 0; times < 2; times += 1)
      expect((await stage.say(installation("add", { conversation }))).status).toBe(200);
    expect(stage.posted(conversation)).toHaveLength(1);
    expect(stage.posted(conversation)[0]?.text).toContain("No question is kept");
    expect(stage.kept.references.get(keyOf(conversation))).toMatchObject({ person });
  });

  test.each([
    [100, 1],
    [101, 0],
  ])("in a team of %i people comes %i times", async (people, times) => {
    for (const kind of ["channel", "group"] as const) {
      const conversation = `19:${ofItsOwn()}`;
      stage.microsoft.people.set(conversation, people);
      await stage.say(installation("add", { kind, conversation }));
      expect(stage.posted(conversation)).toHaveLength(times);
      expect(stage.kept.references.has(keyOf(conversation))).toBe(true);
    }
  });

  test("is left out where nobody can say how many they are, and for a newer version of the app", async () => {
    const conversation = `19:${ofItsOwn()}`;
    stage.microsoft.fail({ what: "members", kind: "status", status: 500 });
    await stage.say(installation("add", { kind: "group", conversation }));
    await stage.say(installation("add-upgrade"));
    expect(stage.posted()).toEqual([]);
  });
});

describe("reminders", () => {
  test("F27: stop when the app is removed from the chat with a person, whose address is erased", async () => {
    const conversation = ofItsOwn();
    await stage.say(personalMessage("hello", { conversation }));
    await until("it is kept", () => stage.kept.references.has(keyOf(conversation)));
    expect((await stage.say(installation("remove", { conversation }))).status).toBe(200);
    expect(reminders.asked).toEqual([["park", person, "uninstalled"]]);
    expect(stage.kept.references.has(keyOf(conversation))).toBe(false);
  });

  test("of a team that it is removed from are left alone, and the address is erased", async () => {
    const conversation = `19:${ofItsOwn()}`;
    await stage.say(installation("add", { kind: "group", conversation }));
    await stage.say(installation("remove", { kind: "group", conversation }));
    expect(reminders.asked).toEqual([]);
    expect(stage.kept.references.has(keyOf(conversation))).toBe(false);
  });

  test("go on when it is installed again", async () => {
    await stage.say(installation("add", { conversation: ofItsOwn() }));
    expect(reminders.asked).toEqual([
      ["unpark", person, "uninstalled", "not_installed", "bot_blocked", "conversation_gone", "unauthorised"],
    ]);
  });

  test("that could not be stopped are told again by Teams; the address is erased after what was being written", async () => {
    const memory = createTeamsMemory();
    const gate = Promise.withResolvers<void>();
    const broken = await teamsStage({
      microsoft: stage.microsoft,
      core: { reminders: { ...reminders, park: () => Promise.reject(new Error("away")) } },
      storage: {
        references: {
          ...memory.references,
          put: async (reference, nowMs) => {
            await gate.promise;
            await memory.references.put(reference, nowMs);
          },
        },
      },
    });
    const conversation = ofItsOwn();
    await broken.say(personalMessage("hello", { conversation }));
    const removed = broken.say(installation("remove", { conversation }));
    gate.resolve();
    expect((await removed).status).toBe(503);
    expect(memory.kept.references.has(keyOf(conversation))).toBe(false);
    await broken.close();
  });
});
