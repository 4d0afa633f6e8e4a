/** One server with everything: the page, Slack and Teams say the same, and none of them depends on another. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, type MockInstance, test, vi } from "vitest";
import { placeOf as slackPlace } from "#adapters/slack/read.ts";
import { personId, placeOf } from "#adapters/teams/read.ts";
import { openReferences } from "#src/storage/references.ts";
import { removeFolders } from "../helpers/databases.ts";
import { channels, alice as person, us as workspace } from "../helpers/slack/team.ts";
import { until } from "../helpers/slack/until.ts";
import { alice, chats, known, searched, us } from "../helpers/teams/activities.ts";
import { keepDue, marksIn, openTogether, sentencesOf, shown, type Together } from "./together.ts";

// One entry, two, a choice, three kinds of no, small talk, help and all there is.
const questions = [
  "who may supervise this work",
  "what does the review say about supervision and about training",
  "vicarious trauma",
  "which dose of sertraline should I prescribe",
  "when does the next train to Lisbon leave",
  "flumpty zorgle",
  "hello",
  "help",
  "browse",
];

// What `serve` logs goes to standard error, where it would stand among the results of the tests.
let stderr: MockInstance;
beforeEach(() => {
  stderr = vi.spyOn(process.stderr, "write").mockReturnValue(true);
});
afterEach(() => stderr.mockRestore());
afterAll(removeFolders);

describe("all at once on one port", () => {
  let all: Together;
  beforeAll(async () => {
    all = await openTogether();
  });
  afterAll(() => all.close());

  test("each says that it is on, and all parts are ready", async () => {
    await until("both are on", () => /^Slack: on/m.test(all.said()) && /^Teams: on/m.test(all.said()));
    expect(await all.ready()).toMatchObject({ ok: true, parts: { slack: { ok: true }, teams: { ok: true } } });
    expect((await all.get("/")).text).toMatch(/^<!doctype html>/i);
  });

  test("the same question, asked everywhere at the same time, gets the same sentences with the same numbers", async () => {
    const asked = await Promise.all(
      questions.map(async (question, at) => {
        const [reply, slack, teams] = await Promise.all([
          all.page(question),
          all.inSlack(question, `U0ASKS${at}`),
          all.inTeams(question, `a:asks-${at}`),
        ]);
        return { question, reply, drawn: { slack, teams } };
      }),
    );
    expect(new Set(asked.map(({ reply }) => reply.kind)).size).toBeGreaterThanOrEqual(4);
    for (const { question, reply, drawn } of asked) {
      const sentences = sentencesOf(reply).map((sentence) => shown(sentence).trim());
      for (const [door, words] of Object.entries(drawn)) {
        expect([question, door, inOrder(sentences, shown(words))]).toEqual([question, door, sentences]);
        if (reply.kind !== "answer") continue;
        const marks = reply.body.flatMap(({ cites }) => cites.map((n) => `[${n}]`));
        expect([question, door, marksIn(words).slice(0, marks.length)]).toEqual([question, door, marks]);
      }
    }
  });

  test("F53: danger is told the same everywhere, with every number to call", async () => {
    const cry = "I am going to kill myself tonight";
    const [reply, slack, teams] = await Promise.all([
      all.page(cry),
      all.inSlack(cry, "U0DANGER"),
      all.inTeams(cry, "a:danger"),
    ]);
    if (reply.kind !== "crisis") return expect.fail(`The page says ${reply.kind}.`);
    const calls = reply.contacts.flatMap(({ call }) => call ?? []);
    expect(calls.length).toBeGreaterThan(0);
    for (const words of [slack, teams].map((drawn) => shown(drawn))) {
      for (const sentence of sentencesOf(reply)) expect(words).toContain(shown(sentence).trim());
      expect(calls.filter((call) => !words.includes(call))).toEqual([]);
    }
  });

  test("what looks things up while one types is on the same port", async () => {
    const { status, json } = await all.teams(searched("supervis", { serviceUrl: all.microsoft.serviceUrl }));
    expect({ status, json }).toMatchObject({ status: 200, json: { composeExtension: { type: "result" } } });
  });
});

/** As many of the sentences as are found one after another. */
function inOrder(sentences: readonly string[], words: string): readonly string[] {
  let from = 0;
  return sentences.filter((sentence) => {
    const at = words.indexOf(sentence, from);
    if (at >= 0) from = at + sentence.length;
    return at >= 0;
  });
}

const question = "who may supervise this work";
const withAlice = { team: workspace.team, enterprise: null, channel: person.id, thread: null, isPrivate: true };

/** Opens all three for the length of one test, with a reminder due on either platform. */
async function withReminders(options: Parameters<typeof openTogether>[0], work: (all: Together) => Promise<void>) {
  const all = await openTogether({
    ...options,
    async keep(database, { serviceUrl }) {
      await keepDue(database, "s", `slack:${workspace.team}:${person.id}`, slackPlace(withAlice));
      const theirs = personId(known(alice));
      await keepDue(database, "t", theirs, placeOf({ kind: "person", ...known(alice) }));
      const chat = { tenant: us.tenant, conversation: chats.personal, person: theirs, bot: us.bot, zone: null };
      await openReferences(database).put({ ...chat, serviceUrl }, 1);
    },
  });
  await work(all).finally(all.close);
}

describe("one that fails", () => {
  test("Slack, whose token is refused, stops neither Teams nor its reminders nor the page", async () => {
    await withReminders({ slackToken: "xoxb-wrong" }, async (all) => {
      expect(all.said()).toMatch(/^Slack: off\. Slack refused SLACK_BOT_TOKEN/m);
      expect((await all.page(question)).kind).toBe("answer");
      expect(shown(await all.inTeams(question, "a:asks"))).toContain("supervis");
      await until("the reminder", () => all.microsoft.posted().find((one) => one.conversation === chats.personal));
      expect(await all.inSlack(question, "U0ASKS")).toBe("status 503");
      expect(await all.ready()).toMatchObject({ ok: false, parts: { slack: { ok: false }, teams: { ok: true } } });
    });
  });

  test("F29: Teams, whose login is out of reach, stops neither Slack nor its reminders nor the page, and is there when it can be", async () => {
    const before = (_: unknown, microsoft: Together["microsoft"]) =>
      microsoft.fail({ what: "token", kind: "reset", times: 1_000 });
    await withReminders({ before }, async (all) => {
      expect(all.said()).toMatch(/^Teams: (?!on)/m);
      expect((await all.page(question)).kind).toBe("answer");
      expect(shown(await all.inSlack(question, "U0ASKS"))).toContain("supervis");
      await until("the reminder", () => all.fake.posted().find((one) => one.channel === channels.dm));
      expect(await all.ready()).toMatchObject({ ok: false, parts: { slack: { ok: true }, teams: { ok: false } } });
      expect(all.microsoft.posted()).toEqual([]);
      all.microsoft.clear();
      expect(shown(await all.inTeams(question, "a:asks"))).toContain("supervis");
    });
  });

  test("both leave the page as it is, and hold up no end", async () => {
    const before = (_: unknown, microsoft: Together["microsoft"]) =>
      microsoft.fail({ what: "*", kind: "reset", times: 1_000 });
    await withReminders({ before, slackToken: "xoxb-wrong" }, async (all) => {
      expect((await all.page(question)).kind).toBe("answer");
      expect((await all.get("/livez")).status).toBe(200);
    });
  });

  test("nothing that was typed is in what was told or logged", async () => {
    const all = await openTogether();
    const canary = "canary7q who may supervise this work";
    await Promise.all([all.page(canary), all.inSlack(canary, "U0ASKS"), all.inTeams(canary, "a:asks")]);
    await all.close();
    expect(all.said() + JSON.stringify(stderr.mock.calls)).not.toContain("canary7q");
  });
});
