/** A question with a client's details is answered in the chat with the one who asked, wherever it was written. */
import { afterAll, beforeAll, beforeEach, expect, test } from "vitest";
import { askWithout, deleteMessage } from "#src/copy.ts";
import {
  channelMention,
  chats,
  executed,
  groupMention,
  personalMessage,
  someoneElse,
} from "../helpers/teams/activities.ts";
import { chatWith } from "../helpers/teams/connector.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

let stage: TeamsStage;
beforeAll(async () => {
  stage = await teamsStage();
});
beforeEach(() => {
  stage.microsoft.clear();
  stage.kept.references.clear();
});
afterAll(() => stage.close());

let count = 0;
/** Someone whom no other test has met. */
const stranger = () => someoneElse(`29:1details-${++count}`);
const typed = "Amina Yusuf, dob 12/03/1990, NHS no 943 476 5919. Who may supervise this work?";
const cleaned = "my client. Who may supervise this work?";
const named = /Amina|Yusuf|12\/03|943 476/;

test("in a channel and in a group it goes to the chat with the person, and nothing is said where others read", async () => {
  for (const say of [channelMention, groupMention]) {
    const from = stranger();
    await stage.say(say(typed, { from }));
    expect(stage.posted().map(({ conversation }) => conversation)).toEqual([chatWith(from.id)]);
    const [posted] = stage.posted();
    for (const part of [cleaned, deleteMessage, askWithout.send]) expect(posted?.raw).toContain(part);
    expect(posted?.raw).not.toMatch(named);
    stage.microsoft.clear();
  }
});

test("where that chat cannot be opened, a line says where to write, and nothing else", async () => {
  stage.microsoft.fail({ kind: "status", what: "create", status: 403, code: "BotNotInConversationRoster" });
  await stage.say(channelMention(typed, { from: stranger(), thread: "1700000000009" }));
  expect(stage.posted()).toMatchObject([{ conversation: chats.channel, thread: "1700000000009" }]);
  expect(stage.posted()[0]?.raw).not.toMatch(/Amina|client|supervise/);
});

test("in a chat with one person it is answered there, and what is sent from the field is answered like a question", async () => {
  const conversation = "a:details";
  await stage.say(personalMessage(typed, { conversation }));
  expect(stage.posted(conversation)).toMatchObject([{ raw: expect.stringContaining(cleaned) }]);
  const data = { verb: "save-form", token: "ask-without", question: cleaned };
  const { text } = await stage.say(executed(data, "1", { kind: "personal", from: stranger() }));
  expect(text).toMatch(/supervis/);
  expect(text).toContain("Sources");
});
