/** More than can be answered: each is acknowledged or left to Teams, whoever is in danger is answered, and nothing piles up. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { busy } from "#src/copy.ts";
import { until } from "../helpers/slack/until.ts";
import { personalMessage } from "../helpers/teams/activities.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
afterAll(() => stage.close());

const numbered = (conversation: string, index: number) =>
  personalMessage(`who may supervise this work, question ${index}`, { conversation });

describe("a flood in one conversation", () => {
  test("has its end: those in line are answered, one notice says that there is no room, and the rest is left to Teams", async () => {
    const conversation = "a:flood";
    stage.microsoft.fail({ what: "send", kind: "slow", ms: 1_000, conversation });
    const first = stage.say(numbered(conversation, 0));
    await until("it is under way", () => stage.microsoft.calls("send").length === 1);
    const flood = Array.from({ length: 40 }, (_, index) => stage.say(numbered(conversation, index + 1)));
    const cry = stage.say(personalMessage("I am going to kill myself tonight", { conversation }));
    // Of the one that is not in line, while all of them wait.
    expect((await cry).status).toBe(200);
    const statuses = (await Promise.all([first, ...flood])).map(({ status }) => status);
    const texts = stage.posted(conversation).map(({ text }) => text);
    expect(texts.filter((text) => text.includes("911"))).toHaveLength(1);
    expect(texts.filter((text) => text.includes(busy.slice(0, 40)))).toHaveLength(1);
    expect(texts).toHaveLength(22);
    expect(statuses.filter((status) => status === 200)).toHaveLength(21);
    expect(statuses.filter((status) => status === 503)).toHaveLength(20);
    expect(stage.logged()).toContain("teams.busy");
  });

  test("leaves other conversations alone, and what was left to Teams is answered when it comes again", async () => {
    const conversation = "a:second-flood";
    stage.microsoft.fail({ what: "send", kind: "slow", ms: 500, conversation });
    const all = Array.from({ length: 30 }, (_, index) => numbered(conversation, index));
    const flood = all.map((activity) => stage.say(activity));
    expect((await stage.say(numbered("a:elsewhere", 0))).status).toBe(200);
    const answered = await Promise.all(flood);
    const left = all.filter((_, index) => answered[index]?.status === 503);
    expect(left.length).toBeGreaterThan(0);
    for (const activity of left) expect((await stage.say(activity)).status).toBe(200);
    expect(stage.posted("a:elsewhere")).toHaveLength(1);
  });
});
