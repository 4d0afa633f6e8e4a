/** Messages of our own accord, such as reminders: where they go and how they look. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { placeOf } from "#adapters/slack/read.ts";
import { draw } from "#adapters/slack/render.ts";
import { words } from "#adapters/slack/words.ts";
import { notice } from "#src/reminders/desk/notice.ts";
import type { Claimed } from "#src/reminders/store.ts";
import type { Reply } from "#src/reply.ts";
import { userText } from "#src/turn.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { replies } from "../helpers/replies.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { refusalOfMessage } from "../helpers/slack/limits.ts";
import { alice, channels, us } from "../helpers/slack/team.ts";
import { buttonsIn, faultsIn, shownIn } from "./drawn.ts";
import { at, buttons, first, openOwn, toAlice, toChannel } from "./own.ts";

let fake: FakeSlack;
beforeEach(async () => {
  fake = await openFakeSlack();
});
afterEach(() => fake.close());

const open = (parts: Parameters<typeof openOwn>[1] = {}) => openOwn(fake, parts);

const methods = () => fake.calls().map(({ method }) => method);

describe("a reminder for a person", () => {
  test("goes to their direct message, which is opened once, with its id in its metadata and its buttons", async () => {
    const { send } = await open();
    expect(await send()).toEqual({ kind: "sent" });
    expect(await send(toAlice, { id: "occ-2", triedMs: null })).toEqual({ kind: "sent" });
    expect(methods()).toEqual(["conversations.open", "chat.postMessage", "chat.postMessage"]);
    expect(fake.posted()).toMatchObject([
      { channel: channels.dm, thread: null, to: null, metadata: { event_payload: { mark: "occ-1" } } },
      { channel: channels.dm, metadata: { event_payload: { mark: "occ-2" } } },
    ]);
    expect(fake.posted()[0]?.text).toBe("Supervision is due.");
    expect(JSON.stringify(fake.posted()[0]?.blocks)).toContain("r/done/occ-1");
    expect(fake.calls("chat.postMessage")[0]?.args).toMatchObject({ parse: "none", unfurl_links: "false" });
  });

  test("whose place was sealed before organisations were goes there as well", async () => {
    const { send } = await open();
    const old = { door: "slack", key: JSON.stringify([us.team, alice.id, null]), isPrivate: true };
    expect(await send(old)).toEqual({ kind: "sent" });
  });

  test("of an organisation's workspace is looked for under both names", async () => {
    const asked: unknown[] = [];
    const find = async (workspace: object) => {
      asked.push(workspace);
      return null;
    };
    const { send } = await open({ workspaces: { find, erase: async () => {} } });
    const place = placeOf({ ...at, enterprise: "E01ORG", channel: alice.id, isPrivate: true });
    expect(await send(place)).toEqual({ kind: "gone", why: "not_installed" });
    expect(asked).toMatchObject([{ team: us.team, enterprise: "E01ORG" }]);
  });

  test("for a place that this door never sealed is gone, and not tried for ever", async () => {
    const { send } = await open();
    for (const key of ["", "{}", "[1]", '["T1"]'])
      expect(await send({ door: "slack", key, isPrivate: true })).toEqual({ kind: "gone", why: "bad_place" });
    expect(fake.calls()).toEqual([]);
  });
});

describe("a reminder with a sentence of the review", () => {
  const { answer } = replies;
  if (answer?.kind !== "answer") throw new Error("no answer");
  const [sentence] = answer.body;
  const lead = `Supervision ${"with a colleague and ".repeat(10)}Sam is due. To bring along:`;
  const due: Reply = { ...answer, say: `${lead} ${sentence.text}`, buttons, body: [{ ...sentence, heading: lead }] };

  test("says first what is due, then what can be done, and has nothing to vote on or to share", async () => {
    const { send } = await open();
    expect(await send(toAlice, first, due)).toEqual({ kind: "sent" });
    const [{ text, blocks } = { text: "", blocks: [] }] = fake.posted();
    expect(text).toMatch(new RegExp(`^${lead}\n\nSupervision should be regular\\. \\[1\\]`));
    const shown = shownIn(blocks);
    expect(shown.indexOf(lead)).toBe(0);
    expect(shown.split(lead)).toHaveLength(2);
    for (const [above, below] of [
      ["regular.", "Done"],
      ["Done", "Sources"],
    ] as const)
      expect(shown.indexOf(above)).toBeLessThan(shown.indexOf(below));
    expect(shownIn(blocks)).not.toContain(words.related);
    expect(JSON.stringify(blocks)).not.toMatch(/feedback|"share"/);
  });

  test("that is far too long is cut, and its buttons stay", async () => {
    const { send } = await open();
    const long: Reply = {
      ...due,
      body: [sentence, ...Array.from({ length: 90 }, () => ({ ...sentence, text: "x ".repeat(400) }))],
    };
    expect(await send(toAlice, first, long)).toEqual({ kind: "sent" });
    expect(JSON.stringify(fake.posted()[0]?.blocks)).toContain("r/done/occ-1");
    expect(refusalOfMessage({ text: "x", blocks: fake.posted()[0]?.blocks })).toBeNull();
  });
});

describe("a reminder as it is written", () => {
  const dueMs = Date.parse("2026-10-06T08:00:00Z");
  /** With a long label, a long name and fifty topics that were saved; the `sent`th of its kind. */
  const claimed = (sent: number, place = toAlice, saved: readonly string[] = []): Claimed => ({
    occurrence: {
      id: "occ-1",
      reminder: "rem",
      kind: "due",
      due: { local: "2026-10-06T10:00", atMs: dueMs },
      missed: 3,
    },
    reminder: {
      id: "rem",
      number: 1,
      person: "slack:T01TEST:U01ALICE",
      place,
      direct: toAlice,
      label: userText("reflective practice & <case> talk of the settlement team abcd"),
      partner: userText("Maria-Magdalena of the northern office"),
      schedule: {
        start: "2026-10-06T10:00",
        rule: "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
        zone: "Europe/Berlin",
        ends: { kind: "never" },
        skips: [],
        skipsHolidays: false,
      },
      state: "active",
      pausedUntil: null,
      why: null,
      next: null,
      version: 1,
      sent,
      unanswered: 2,
      isAsked: false,
    },
    fence: 1,
    untilMs: 0,
    triedMs: null,
    tries: 0,
    saved,
    also: [],
  });

  test("is within Slack's limits, says first what is due, and cuts none of it, whatever has been saved", async () => {
    const knowledge = await openKnowledge();
    const saved = knowledge.entries.slice(0, 50).map(({ id }) => id);
    for (const place of [toAlice, toChannel])
      for (let sent = 0; sent < 12; sent += 1) {
        const { text, blocks } = draw(notice(claimed(sent, place, saved), dueMs, knowledge), {
          audience: "one",
          isOurs: true,
        });
        expect(faultsIn(blocks)).toEqual([]);
        expect(refusalOfMessage({ text, blocks })).toBeNull();
        const due = "is due: Tuesday 6 October, 10:00.";
        for (const shown of [text, shownIn(blocks)]) expect(shown.split("\n")[0]).toContain(due);
        expect(shownIn(blocks)).toContain("Newydd, North and Rushworth (2020)");
        const labels = buttonsIn(blocks).map((button) => button.text.text);
        expect(labels).toEqual(
          expect.arrayContaining(place === toAlice ? ["Done", "Skip", "Change"] : ["Stop this reminder"]),
        );
      }
  });
});
