/** Settling a reply: wishes are done, answers can be saved, danger is left alone, and storage that is away is told. */
import { beforeAll, describe, expect, test } from "vitest";
import type { LogEvent } from "#src/log.ts";
import { pressables } from "#src/plain.ts";
import { createSettle, type Desk } from "#src/reminders/desk/settle.ts";
import type { Reply, Respond, Response } from "#src/reply.ts";
import { type Said, type Turn, userText } from "#src/turn.ts";
import { openReal } from "../helpers/assistant.ts";
import { replies } from "../helpers/replies.ts";
import { direct } from "./desk-room.ts";

let respond: Respond;
beforeAll(async () => {
  ({ respond } = await openReal());
});

const turnOf = (said: Said): Turn => ({ id: "t", atMs: 0, person: { id: "ada", zone: null }, place: direct, said });
const typed = (text: string): Turn => turnOf({ kind: "text", text: userText(text) });
const places = { direct, here: null };
const done: Reply = { kind: "note", why: "reminder:set", say: "Set.", asides: ["Beside it."], buttons: [] };

function openSettle(fulfil: Desk["fulfil"]) {
  const logged: LogEvent[] = [];
  const desk: Desk = { fulfil, mine: async () => done };
  const settle = createSettle({ desk: async () => desk, log: (event) => logged.push(event) });
  return { settle, logged };
}
const unasked = async (): Promise<Reply> => {
  throw new Error("the desk was asked");
};
const through = (turn: Turn, fulfil: Desk["fulfil"]) => openSettle(fulfil).settle(turn, respond(turn), places);

describe("settle", () => {
  test.each([
    ["words", typed("remind me every friday at 3pm")],
    ["a command", typed("/supervision list")],
    ["a press", turnOf({ kind: "pressed", token: "r/list" })],
    ["a form", turnOf({ kind: "filled", token: "r/filled/new", fields: { about: userText("peer group") } })],
  ])("takes %s about reminders to the desk", async (_, turn) => {
    expect(await through(turn, async () => done)).toMatchObject({ say: "Set." });
  });

  test("never asks the desk about anything else", async () => {
    for (const turn of [typed("who may supervise?"), typed("hello"), turnOf({ kind: "pressed", token: "browse" })])
      expect(await through(turn, unasked)).not.toMatchObject({ why: "reminder:away" });
  });

  test("offers to save an answer, by ids of entries alone", async () => {
    const turn = typed("what do they say on supervision, and also on training?");
    const reply = await through(turn, unasked);
    const { reply: before } = respond(turn);
    const ids = before.kind === "answer" ? before.entries.map(({ id }) => id) : [];
    expect(pressables(reply)).toEqual([
      ...pressables(before),
      { label: "Save for supervision", token: `r/save/${ids.join(",")}` },
    ]);
  });

  test("leaves every other kind of reply as it is", async () => {
    const { settle } = openSettle(unasked);
    for (const [name, reply] of Object.entries(replies)) {
      if (reply.kind === "answer") continue;
      expect(await settle(typed("x"), { reply, lane: "none" }, places), name).toBe(reply);
    }
  });

  test("leaves a reply to danger alone, wherever the words stand", async () => {
    const turn = turnOf({
      kind: "filled",
      token: "r/filled/new",
      fields: { about: userText("I want to kill myself") },
    });
    const response = respond(turn);
    expect(response.lane).toBe("now");
    expect(await openSettle(unasked).settle(turn, response, places)).toBe(response.reply);
  });

  test("puts quiet lines of the reply beside those of the desk", async () => {
    const turn = typed("remind me every friday at 3pm about client Fatima, 34");
    const reply = await through(turn, async () => done);
    expect(reply.asides[0]).toBe("Beside it.");
    expect(reply.asides.join(" ")).toMatch(/details of a client/);
  });

  test("does not take the date of a reminder for a client's", async () => {
    const turn = typed("remind me on 2026-12-01 at 10:00");
    expect(respond(turn).reply.asides).toEqual([]);
    const form = turnOf({ kind: "filled", token: "r/filled/new", fields: { date: userText("2026-12-01") } });
    expect(respond(form).reply.asides).toEqual([]);
  });

  test("says so when storage is away, and logs the error by its name alone", async () => {
    const failed = Object.assign(new TypeError("insert of 'call Fatima' failed"), { code: "08006" });
    const { settle, logged } = openSettle(async () => Promise.reject(failed));
    const turn = typed("remind me every friday at 3pm");
    const reply = await settle(turn, respond(turn), places);
    expect(reply).toMatchObject({ kind: "note", why: "reminder:away" });
    expect(logged).toEqual([{ level: "error", event: "reminders.desk", name: "TypeError", code: "08006" }]);
  });

  test("does not reject when the desk cannot even be opened", async () => {
    const settle = createSettle({ desk: () => Promise.reject(new Error("locked")), log: () => {} });
    const response: Response = respond(typed("/supervision"));
    expect(await settle(typed("/supervision"), response, places)).toMatchObject({ why: "reminder:away" });
  });
});

describe("one question on the command line", () => {
  test("is told where reminders can be set", () => {
    expect(respond(typed("remind me every friday at 3pm")).reply.say).toMatch(/npm run chat/);
  });
});
