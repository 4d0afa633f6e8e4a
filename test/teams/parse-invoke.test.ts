/** Buttons, look-ups, dialogs and thumbs, and the app that comes and goes. */
import { describe, expect, test } from "vitest";
import { parseActivity } from "#adapters/teams/parse.ts";
import {
  activityOf,
  chosenOn,
  dialogSent,
  executed,
  installation,
  invoke,
  type Json,
  openedFrom,
  searched,
  us,
  voted,
} from "../helpers/teams/activities.ts";

const data: Json = { verb: "press", token: "themes" };

describe("an invoke", () => {
  test("of a button says which, with the fields of its form", () => {
    const fields = { "remind.when": "09:00", "9x": "x", [`a${"b".repeat(64)}`]: "x", n: 7, list: ["x"] };
    const read = parseActivity(executed({ ...data, ...fields }, "18"));
    expect(read).toMatchObject({ kind: "press", isExecute: true, message: "18" });
    expect(read?.kind === "press" ? read.data : null).toEqual({ ...data, inputs: { "remind.when": "09:00" } });
  });

  test("of a button may name its verb beside the data", () => {
    const value = { action: { type: "Action.Execute", verb: "press", data: { token: "themes" } } };
    expect(parseActivity(invoke("adaptiveCard/action", value))).toMatchObject({
      data: { verb: "press" },
      message: null,
    });
  });

  test("F53: a long field is cut, and not left out", () => {
    const read = parseActivity(executed({ ...data, what: "x".repeat(9_000) }, "18"));
    expect(read?.kind === "press" ? read.data.inputs.what?.length : null).toBe(4_000);
  });

  test.each<[Json, string, number]>([
    [searched(null), "", 25],
    [searched(""), "", 25],
    [searched(" supervis "), "supervis", 25],
    [
      invoke("composeExtension/query", { parameters: [{ name: "text", value: "x" }], queryOptions: { count: 5.5 } }),
      "x",
      5,
    ],
    [invoke("composeExtension/query", { queryOptions: { count: 1e9 } }), "", 25],
    [invoke("composeExtension/query", { parameters: "x", queryOptions: { count: -1 } }), "", 1],
  ])("of a look-up says what is typed: %#", (body, text, count) => {
    expect(parseActivity(body)).toMatchObject({ kind: "query", text, count });
  });

  test("on a message says its words, and names nobody", () => {
    const html =
      '<div><div><at id="0">Bob Baker</at>&nbsp;who may <b>super</b>vise &amp; how?</div><div>today</div><img alt="🙂" src="x"></div>';
    expect(parseActivity(chosenOn("lookUp", html, { kind: "channel" }))).toMatchObject({
      kind: "open",
      command: "lookUp",
      text: "@someone who may supervise & how?\ntoday\n🙂",
    });
    const body = { contentType: "text", content: "a <b> c" };
    expect(
      parseActivity(invoke("composeExtension/fetchTask", { commandId: "lookUp", messagePayload: { id: "1", body } })),
    ).toMatchObject({ text: "a <b> c" });
  });

  test("from the compose box is on no message", () => {
    expect(parseActivity(openedFrom("remind"))).toMatchObject({
      kind: "open",
      command: "remind",
      text: null,
    });
  });

  test("of a dialog says what was filled in", () => {
    const expected = { kind: "dialog", data: { verb: "press", token: "themes", inputs: { what: "x" } } };
    expect(parseActivity(dialogSent("remind", { ...data, what: "x" }))).toMatchObject({
      ...expected,
      command: "remind",
    });
    expect(parseActivity(invoke("task/submit", { data: { ...data, what: "x" } }))).toMatchObject({
      ...expected,
      command: "",
    });
  });

  test("of a thumb is read, and what was typed beside it, however that is packed", () => {
    const read = { kind: "vote", vote: "down", message: "18" };
    for (const feedback of ['{"feedbackText":"typed"}', { feedbackText: "typed" }, "typed"])
      expect(parseActivity(voted("dislike", "18", { feedback }))).toMatchObject({ ...read, text: "typed" });
    for (const feedback of [undefined, null, 7, '{"feedbackText":7}'])
      expect(parseActivity(voted("dislike", "18", { feedback }))).toMatchObject(read);
    const packed = { actionName: "feedback", actionValue: '{"reaction":"like","feedback":"x"}' };
    expect(parseActivity(invoke("message/submitAction", packed))).toMatchObject({ vote: "up", message: null });
  });

  test.each<[string, unknown]>([
    ["adaptiveCard/action", { action: { data: { other: "x" } } }],
    ["adaptiveCard/action", { action: { data: null } }],
    ["task/submit", { data: [data] }],
    ["message/submitAction", { actionName: "other", actionValue: { reaction: "like" } }],
    ["message/submitAction", { actionName: "feedback", actionValue: "{" }],
    ["message/submitAction", null],
    ["composeExtension/queryLink", { url: "https://example.org" }],
    ["task/fetch", {}],
    ["__proto__", {}],
  ])("%s with %j is none of ours, and waits for an answer", (name, value) => {
    expect(parseActivity(invoke(name, value))).toEqual({ kind: "other", isInvoke: true });
  });

  test.each<[string, unknown]>([
    ["adaptiveCard/action", null],
    ["composeExtension/query", "x"],
    ["composeExtension/fetchTask", {}],
    ["composeExtension/submitAction", 7],
  ])("%s with %j is malformed", (name, value) => expect(parseActivity(invoke(name, value))).toBeNull());
});

describe("the app", () => {
  test.each([
    ["add", "installed"],
    ["remove", "removed"],
  ])("that is told to %s itself is %s", (action, kind) => {
    expect(parseActivity(installation(action, { kind: "channel" }))).toMatchObject({
      kind,
      where: { kind: "channel" },
    });
  });

  test.each([
    installation("add-upgrade"),
    installation("remove-upgrade"),
    activityOf("conversationUpdate", { more: { membersAdded: [{ id: us.bot }] } }),
    activityOf("messageReaction", { more: { reactionsAdded: [{ type: "like" }] } }),
    activityOf("typing"),
    { type: "event" },
  ])("hears nothing of what changes nothing: %#", (body) => {
    expect(parseActivity(body)).toEqual({ kind: "other", isInvoke: false });
  });
});
