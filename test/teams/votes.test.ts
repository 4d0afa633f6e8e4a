/** A thumb under an answer is kept with the entries that it showed; nothing else of it is, and it never fails. */
import { afterAll, beforeAll, expect, test } from "vitest";
import { until } from "../helpers/slack/until.ts";
import { alice, bob, chats, invoke, personalMessage, us, voted } from "../helpers/teams/activities.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
afterAll(() => stage.close());

/** Asks, and gives the id of the answer. */
async function answered(): Promise<string> {
  await stage.say(personalMessage("who may supervise this work"));
  const { id } = stage.posted(chats.personal).at(-1) ?? expect.fail("no answer");
  await until("it is noted", () => stage.kept.answers.has([us.tenant, chats.personal, id].join(":")));
  return id;
}

test("each person has one, and the last one counts; Teams hears 200 and an empty object", async () => {
  const message = await answered();
  for (const [vote, from] of [
    ["like", alice],
    ["dislike", alice],
    ["like", bob],
  ] as const) {
    const { status, json } = await stage.say(voted(vote, message, { from }));
    expect([status, json]).toEqual([200, {}]);
  }
  const person = (id: string) => `teams:${us.tenant}:${id}`;
  expect([...stage.kept.votes.values()]).toMatchObject([
    { person: person(alice.aad), vote: "down", reason: null, place: [us.tenant, chats.personal, message].join(":") },
    { person: person(bob.aad), vote: "up" },
  ]);
  expect([...stage.kept.votes.values()][0]?.entries).toContain("supervisors");
});

test("what is typed beside it is dropped, in whatever form it comes", async () => {
  const message = await answered();
  for (const feedback of ['{"feedbackText":"xqcanary"}', { feedbackText: "xqcanary" }, "xqcanary"])
    expect((await stage.say(voted("dislike", message, { feedback }))).status).toBe(200);
  expect(JSON.stringify([...stage.kept.votes.values()]) + stage.logged()).not.toContain("xqcanary");
});

test.each([
  ["JSON in a string", '{"feedbackText":"I want to kill myself"}'],
  ["an object", { feedbackText: "I want to kill myself" }],
  ["words alone", "I want to kill myself"],
])("F53: danger typed beside it is answered, in the chat with the person (%s)", async (_name, feedback) => {
  const before = stage.posted(chats.personal).length;
  expect((await stage.say(voted("dislike", "17", { feedback, kind: "channel" }))).status).toBe(200);
  const after = stage.posted(chats.personal).slice(before);
  expect(after.map(({ text }) => text).join()).toContain("call your local emergency number");
  expect(stage.posted(chats.channel)).toEqual([]);
});

test("under a message that is not known nothing is kept, nor without one", async () => {
  stage.kept.votes.clear();
  for (const activity of [voted("like", "17"), voted("like", "17", { more: { replyToId: undefined } })])
    expect([(await stage.say(activity)).status, stage.kept.votes.size]).toEqual([200, 0]);
  expect((await stage.say(invoke("message/submitAction", { actionName: "else" }))).status).toBe(501);
});

test("where it cannot be kept Teams still hears 200", async () => {
  const broken = await teamsStage({
    microsoft: stage.microsoft,
    storage: { answers: { put: async () => {}, entries: () => Promise.reject(new Error("xqcanary")) } },
  });
  expect((await broken.say(voted("like", "17"))).status).toBe(200);
  expect(broken.logged()).toContain("teams.vote.not-kept");
  expect(broken.logged()).not.toContain("xqcanary");
  await broken.close();
});
