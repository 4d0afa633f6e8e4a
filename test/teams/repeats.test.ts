/** The same message brought again, by Teams or by chance, to one door or two: one answer; asked again on purpose, another. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { turnAlone } from "#adapters/teams/read.ts";
import { createRepeats } from "#adapters/teams/repeats.ts";
import { until } from "../helpers/slack/until.ts";
import { chats, edited, groupMention, personalMessage } from "../helpers/teams/activities.ts";
import { createTeamsMemory } from "../helpers/teams/memory.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

const question = "who may supervise this work";
const danger = "I am going to kill myself tonight";

let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
afterEach(() => stage.microsoft.clear());
afterAll(() => stage.close());

let count = 0;
const ofItsOwn = () => `a:repeats-${++count}`;
const at = (second: number) => ({ localTimestamp: `2026-11-25T10:00:${String(second).padStart(2, "0")}+00:00` });

describe.each([question, danger])("F23: %s", (text) => {
  test("with the same id, one after the other and at once, is one answer", async () => {
    const conversation = ofItsOwn();
    const activity = personalMessage(text, { conversation });
    const answers = [await stage.say(activity), ...(await Promise.all([1, 2, 3].map(() => stage.say(activity))))];
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200]);
    expect(stage.posted(conversation)).toHaveLength(1);
  });

  test("with a new id and the same moment is one answer", async () => {
    const conversation = ofItsOwn();
    await stage.say(personalMessage(text, { conversation, more: at(1) }));
    await stage.say(personalMessage(text, { conversation, more: at(1) }));
    expect(stage.posted(conversation)).toHaveLength(1);
  });

  test("with a new id and another moment, while the first is at work, is one answer", async () => {
    const conversation = ofItsOwn();
    stage.microsoft.fail({ what: "send", kind: "slow", ms: 300, conversation });
    const first = stage.say(personalMessage(text, { conversation, more: at(1) }));
    await until("it is at work", () => stage.microsoft.calls("send").length > 0);
    const second = await stage.say(personalMessage(text, { conversation, more: at(16) }));
    expect([(await first).status, second.status]).toEqual([200, 200]);
    expect(stage.posted(conversation)).toHaveLength(1);
  });

  test("asked again on purpose is answered again", async () => {
    const conversation = ofItsOwn();
    await stage.say(personalMessage(text, { conversation, more: at(1) }));
    await stage.say(personalMessage(text, { conversation, more: at(9) }));
    expect(stage.posted(conversation)).toHaveLength(2);
  });

  test("from somebody else, or elsewhere, is answered too", async () => {
    const [one, other] = [ofItsOwn(), ofItsOwn()];
    await stage.say(personalMessage(text, { conversation: one, more: at(1) }));
    await stage.say(personalMessage(text, { conversation: other, more: at(1) }));
    expect([stage.posted(one).length, stage.posted(other).length]).toEqual([1, 1]);
  });
});

test("F23: an edit to other words of danger is answered once, however often it is brought", async () => {
  const conversation = ofItsOwn();
  const activity = edited(danger, { conversation });
  await Promise.all([stage.say(activity), stage.say(activity)]);
  await stage.say(activity);
  expect(stage.posted(conversation)).toHaveLength(1);
});

test("F23: two replicas over one database answer it once between them", async () => {
  const group = { conversation: `${chats.group}-two` };
  const { seen } = createTeamsMemory();
  const storage = { seen };
  const [one, two] = await Promise.all([
    teamsStage({ microsoft: stage.microsoft, storage }),
    teamsStage({ microsoft: stage.microsoft, storage }),
  ]);
  const activity = groupMention(question, group);
  await Promise.all([one.say(activity), two.say(activity)]);
  await until("both have noticed", async () => (await two.say(activity)).status === 200);
  expect(stage.posted(group.conversation)).toHaveLength(1);
  await one.close();
  await two.close();
});

describe("the memory of repeats", () => {
  function openRepeats(keptMs: number) {
    let [now, count] = [0, 0];
    const isKept = (result: string | number) => result !== "not kept";
    return {
      repeats: createRepeats<string | number>({ keptMs, nowMs: () => now, isKept }),
      pass: (ms: number) => {
        now += ms;
      },
      runs: async () => {
        count += 1;
        return count;
      },
    };
  }

  test("keeps a result for its time, and one under way for as long as that takes", async () => {
    const { repeats, pass, runs } = openRepeats(100);
    const { promise, resolve: end } = Promise.withResolvers<string>();
    const first = repeats.run("a", () => promise);
    pass(1_000);
    const second = repeats.run("a", async () => "again");
    end("first");
    expect(await Promise.all([first, second])).toEqual(["first", "first"]);
    expect(await repeats.run("b", runs)).toBe(1);
    pass(99);
    expect(await repeats.run("b", runs)).toBe(1);
    pass(1);
    expect(await repeats.run("b", runs)).toBe(2);
  });

  test("forgets a result when something else came from the same person after it: that may have changed what it says", async () => {
    const { repeats, runs } = openRepeats(100);
    expect(await repeats.run("pause", runs, "alice")).toBe(1);
    expect(await repeats.run("pause", runs, "bob")).toBe(1);
    expect(await repeats.run("resume", runs, "alice")).toBe(2);
    expect(await repeats.run("resume", runs, "alice")).toBe(2);
    expect(await repeats.run("pause", runs, "alice")).toBe(3);
  });

  test("forgets what failed, and what is not worth it", async () => {
    const { repeats, runs } = openRepeats(100);
    await expect(repeats.run("a", () => Promise.reject(new Error("broken")))).rejects.toThrow("broken");
    expect(await repeats.run("a", async () => "not kept")).toBe("not kept");
    expect(await repeats.run("a", runs)).toBe(1);
  });
});

test("what is done in private has a name for each person, kind and time that it is done", () => {
  const named = (user: string, kind: "press" | "vote", own: string) =>
    turnAlone(
      { kind, from: { tenant: "t", user, account: null, zone: null, country: null } },
      own,
      { kind: "pressed", token: "x" },
      0,
    ).id;
  const names = [named("a", "press", "1"), named("b", "press", "1"), named("a", "vote", "1"), named("a", "press", "2")];
  expect(new Set(names).size).toBe(4);
  expect(named("a", "press", "1")).toBe(names[0]);
});
