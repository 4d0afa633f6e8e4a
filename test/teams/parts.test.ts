/** Teams makes two messages of one with words and a card, and tells the id of neither: so each goes by itself. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { placeOf } from "#adapters/teams/read.ts";
import { replies } from "../helpers/replies.ts";
import { until } from "../helpers/slack/until.ts";
import { alice, installation, type Json, known, personalMessage, voted } from "../helpers/teams/activities.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
afterEach(() => stage.microsoft.clear());
afterAll(() => stage.close());

let count = 0;
let conversation = "";
/** Asks in a chat that nobody has asked in: the same again would be a repeat. */
const ask = () => {
  count += 1;
  conversation = `a:parts-${count}`;
  return stage.say(personalMessage("who may supervise this work", { conversation }));
};

/** What was sent, each activity as it arrived, whether or not it was taken. */
const sent = (): readonly Json[] => stage.microsoft.calls("send").map(({ json }) => ({ ...(json as Json) }));
const shapesOf = (activities: readonly Json[]) =>
  activities.map(({ text, attachments, summary }) => ({
    hasText: typeof text === "string" && text !== "",
    cards: Array.isArray(attachments) ? attachments.length : 0,
    hasSummary: typeof summary === "string" && summary !== "",
  }));
const words = { hasText: true, cards: 0, hasSummary: true };
const card = { hasText: false, cards: 1, hasSummary: true };

describe("an answer", () => {
  test("goes as its words, with the citations and the thumbs, and then its card", async () => {
    await ask();
    expect(shapesOf(sent())).toEqual([words, card]);
    const [first, second] = sent();
    expect(first).toMatchObject({ entities: [{ citation: [{ position: 1 }] }], channelData: { feedbackLoop: {} } });
    expect(second?.entities ?? []).toEqual([]);
    expect(second?.channelData ?? {}).toEqual({});
  });

  test("is known by the id of its words, so that a thumb under it is kept", async () => {
    await ask();
    const [answer] = stage.posted(conversation);
    await until("what it showed is kept", () =>
      [...stage.kept.answers.keys()].some((key) => key.endsWith(answer?.id ?? "-")),
    );
    await stage.say(voted("like", answer?.id ?? "", { conversation }));
    expect([...stage.kept.votes.values()]).toMatchObject([{ vote: "up", entries: ["supervisors"] }]);
  });

  test("F30: whose card Teams will not have still says what stood in it", async () => {
    stage.microsoft.fail({ what: "send", kind: "status", status: 413, code: "MessageSizeTooBig", skip: 1 });
    await ask();
    expect(shapesOf(sent())).toEqual([words, card, words]);
    expect(stage.posted(conversation).at(-1)?.text).toContain("Sources");
  });

  test("that begins a post in a channel has its card below it, and no post of its own", async () => {
    conversation = `19:parts-${count}@thread.tacv2`;
    await stage.say(installation("add", { kind: "channel", conversation, thread: "" }));
    const [first, second] = stage.microsoft.calls("send").map(({ path }) => path);
    expect(first).not.toContain("messageid");
    expect(second).toMatch(/@thread\.tacv2;messageid=\w/);
  });

  test("F25: whose card may have landed is answered, and the card is not sent twice", async () => {
    stage.microsoft.fail({ what: "send", kind: "reset", when: "after", skip: 1 });
    expect((await ask()).status).toBe(200);
    expect(shapesOf(sent())).toEqual([words, card]);
    expect(stage.logged()).toContain("teams.card-not-delivered");
  });

  test("F25: whose card is held up by a limit gets it afterwards", async () => {
    stage.microsoft.fail({ what: "send", kind: "status", status: 429, retryAfter: "1", skip: 1 });
    await ask();
    expect(shapesOf(sent())).toEqual([words, card, card]);
    expect(stage.posted(conversation)).toMatchObject([{ card: expect.stringMatching(/\d/) }]);
  });
});

describe("of our own accord", () => {
  const place = placeOf({ kind: "person", ...known(alice) });
  const send = () => stage.door.deliver(place, replies.answer ?? expect.fail("no reply"), { id: "1", triedMs: null });

  test("the words go first, and what becomes of the card changes nothing", async () => {
    await stage.say(personalMessage("hello"));
    stage.microsoft.clear();
    expect(await send()).toEqual({ kind: "sent" });
    expect(shapesOf(sent())).toEqual([words, card]);
    stage.microsoft.fail({ what: "send", kind: "status", status: 503, skip: 1 });
    expect(await send()).toEqual({ kind: "sent" });
    expect(shapesOf(sent())).toEqual([words, card, words, card]);
  });
});
