/** The same question gets the same answer everywhere: every shape and the whole bank, drawn by every door and read again. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { answerOf } from "#src/conversation/browse.ts";
import type { Reply } from "#src/reply.ts";
import { openReal } from "../helpers/assistant.ts";
import { openStage, type Stage } from "../helpers/page.ts";
import { pageShows } from "./page-shown.ts";
import { terminalShows } from "./plain-shown.ts";
import { askBank, openShapes } from "./shapes.ts";
import { firstWrong, inWords, type Shown, shapeOf } from "./shown.ts";
import { slackSays, slackShows } from "./slack-shown.ts";
import { lookUpShows, teamsCardShows, teamsShows } from "./teams-shown.ts";

const shapes = await openShapes();
const asked = await askBank();
const all: readonly Reply[] = [...shapes.map(({ reply }) => reply), ...asked.replies];
const expected = all.map(shapeOf);
const { respond, knowledge } = await openReal();
const gistOf = (passage: string): string | null => knowledge().passages.get(passage)?.gist ?? null;

/** Every way of drawing a reply; the page's is in Chromium. `isOurs`: of our own accord. */
const ways: Readonly<Record<string, (reply: Reply, isOurs: boolean) => Shown>> = {
  terminal: terminalShows,
  "Slack, to one person": (reply, isOurs) => slackShows(reply, isOurs, "one"),
  "Slack, to all": (reply, isOurs) => slackShows(reply, isOurs, "all"),
  "Teams, to one person": (reply, isOurs) => teamsShows(reply, { isOurs, audience: "one", gistOf }),
  "Teams, to all": (reply, isOurs) => teamsShows(reply, { isOurs, audience: "all", gistOf }),
  "Teams, a card in the place of another": (reply) => teamsCardShows(reply, "execute"),
  "Teams, a dialog": (reply) => teamsCardShows(reply, "submit"),
};
/** Those that a notification or a screen reader says. */
const inWordsAlone: typeof ways = { "Slack, in words alone": slackSays };

/** What each of them shows of all replies: the shapes, and then the bank's. */
const shown = new Map<string, readonly Shown[]>();

let stage: Stage;
beforeAll(async () => {
  for (const [name, way] of Object.entries({ ...ways, ...inWordsAlone }))
    shown.set(
      name,
      all.map((reply, at) => way(reply, shapes[at]?.isOurs ?? false)),
    );
  stage = await openStage(respond, knowledge());
  shown.set("page", await pageShows((await stage.open()).page, all));
});
afterAll(() => stage?.close());

test("there is a reply of every kind, and the whole bank is asked", () => {
  const kinds = ["answer", "choices", "abstention", "note", "list", "form", "crisis"];
  expect(new Set(shapes.map(({ reply }) => reply.kind))).toEqual(new Set(kinds));
  expect(asked.questions).toBeGreaterThan(800);
  expect(asked.replies.length).toBeGreaterThan(200);
});

describe.each([...Object.keys(ways), "page"])("%s", (name) => {
  test.each(shapes.map((shape, at) => [shape.name, at] as const))("shows %s as it is", (_, at) => {
    expect(shown.get(name)?.[at]).toEqual(expected[at]);
  });

  test("shows every reply to the question bank as it is", () => {
    const [drawn, right] = firstWrong(shown.get(name) ?? [], expected);
    expect(drawn).toEqual(right);
  });
});

test.each(Object.keys(inWordsAlone))("%s: every reply is said as it is", (name) => {
  const [said, right] = firstWrong(shown.get(name)?.map(inWords) ?? [], expected.map(inWords));
  expect(said).toEqual(right);
});

test("Teams, a look-up: what is put into a message is every entry as it is", () => {
  const { entries } = knowledge();
  const [put, right] = firstWrong(
    entries.map((entry) => lookUpShows(entry, knowledge())),
    entries.map((entry) => ({ ...shapeOf(answerOf([entry], knowledge())), topics: [], others: [] })),
  );
  expect(put).toEqual(right);
});
