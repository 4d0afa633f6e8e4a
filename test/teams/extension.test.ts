/** The message extension: looked up while typing and on a message, and a reminder's form from the box; for the person alone. */
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { Place, Turn } from "#src/turn.ts";
import { reveal } from "#src/turn.ts";
import { until } from "../helpers/slack/until.ts";
import {
  alice,
  chats,
  chosenOn,
  dialogSent,
  type Json,
  openedFrom,
  searched,
  us,
} from "../helpers/teams/activities.ts";
import { chatWith } from "../helpers/teams/connector.ts";
import { type TeamsStage, teamsStage } from "../helpers/teams/stage.ts";

let stage: TeamsStage;
const settled: { readonly turn: Turn; readonly direct: Place; readonly here: Place | null }[] = [];
beforeAll(async () => {
  stage = await teamsStage({
    core: {
      settle: async (turn, { reply }, { direct, here }) => {
        settled.push({ turn, direct, here });
        const isForm = turn.said.kind === "text" && reveal(turn.said.text) === "/supervision";
        const form = { why: "form", token: "r/form", fields: [], send: "Save", say: "When?", asides: [], buttons: [] };
        return isForm ? { kind: "form", ...form } : reply;
      },
    },
  });
});
beforeEach(() => {
  settled.length = 0;
});
afterEach(() => stage.microsoft.clear());
afterAll(() => stage.close());

/** The titles that are offered, in their order. */
const titlesIn = (json: unknown): readonly string[] => {
  const found: string[] = [];
  const look = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    for (const [name, inner] of Object.entries(value)) {
      if (name === "preview" && typeof inner === "object" && inner !== null && "content" in inner)
        found.push(String(Object(inner.content).title));
      look(inner);
    }
  };
  look(json);
  return found;
};

describe("a search while typing", () => {
  test("begins with the themes", async () => {
    const { status, json } = await stage.say(searched(null));
    expect(status).toBe(200);
    expect(json).toMatchObject({ composeExtension: { type: "result", attachmentLayout: "list" } });
    expect(titlesIn(json).length).toBeGreaterThanOrEqual(3);
  });

  test("offers what even half a word may mean, ten at most, and as many as Teams wants", async () => {
    const whole = titlesIn((await stage.say(searched("supervision"))).json);
    expect(whole.length).toBeGreaterThan(1);
    expect(whole.length).toBeLessThanOrEqual(10);
    expect(titlesIn((await stage.say(searched("supervisi"))).json)).toEqual(expect.arrayContaining([whole[0]]));
    const parameters = [{ name: "text", value: "supervision" }];
    const value = { commandId: "search", parameters, queryOptions: { count: 1 } };
    expect(titlesIn((await stage.say(searched("", { more: { value } }))).json)).toHaveLength(1);
  });

  test("says so in words where nothing is found", async () => {
    expect((await stage.say(searched("zzqxv"))).json).toMatchObject({ composeExtension: { type: "message" } });
  });

  test("in a conversation that we may not be in leaves no reference and asks nothing of what is kept", async () => {
    await stage.say(searched("supervision", { kind: "group", conversation: "19:not-ours@thread.v2" }));
    expect([...stage.kept.references.values()].filter((one) => one.conversation.includes("not-ours"))).toEqual([]);
    expect([settled, stage.posted()]).toEqual([[], []]);
  });
});

const task = (json: unknown): Json => Object(Object(json).task);

describe("a dialog", () => {
  test("looks up what somebody wrote, and shows it to the person alone", async () => {
    const { status, json } = await stage.say(
      chosenOn("lookUp", "<p>who may <b>supervise</b> this work</p>", { kind: "channel" }),
    );
    expect(status).toBe(200);
    expect(task(json)).toMatchObject({ type: "continue", value: { title: "Look this up" } });
    expect(task(json)).toHaveProperty("value.card.content.type", "AdaptiveCard");
    expect(JSON.stringify(json)).toContain("upervis");
    expect(stage.posted()).toEqual([]);
    expect(settled).toMatchObject([{ here: null, direct: { isPrivate: true } }]);
  });

  test("does not set a reminder by somebody else's words", async () => {
    await stage.say(chosenOn("lookUp", "<p>remind me every monday at 10:00</p>", { kind: "channel" }));
    expect(settled).toEqual([]);
  });

  test("opens the form for a reminder, which goes to the person alone", async () => {
    const { json } = await stage.say(openedFrom("remind", { kind: "group" }));
    expect(task(json)).toMatchObject({ type: "continue", value: { title: "Reminder" } });
    expect(JSON.stringify(json)).toContain("When?");
    expect(settled).toMatchObject([{ here: null, turn: { place: { isPrivate: true } } }]);
  });

  test("that was sent shows what came of it, and is done once when it comes twice", async () => {
    const sent = dialogSent("remind", { verb: "save-form", token: "r/form", label: "With Sam" });
    const answers = await Promise.all([stage.say(sent), stage.say(sent)]);
    expect(task(answers[0]?.json)).toMatchObject({ type: "continue" });
    expect(settled).toHaveLength(1);
    const said = settled[0]?.turn.said;
    expect(said?.kind === "filled" && reveal(said.fields.label ?? expect.fail("no label"))).toBe("With Sam");
  });

  test("that takes long says so, and what comes of it is in the chat with the person", async () => {
    let isAnswered = false;
    const slow = await teamsStage({
      microsoft: stage.microsoft,
      patience: { message: 50, press: 50, dialog: 50 },
      core: {
        settle: async (_turn, { reply }) => {
          await until("the dialog is answered", () => isAnswered);
          return reply;
        },
      },
    });
    const { json } = await slow.say(openedFrom("remind", { kind: "group" }));
    expect(task(json)).toMatchObject({ type: "message", value: expect.stringContaining("longer") });
    isAnswered = true;
    await slow.waitForPosted(1, chatWith(alice.id));
    await slow.close();
  });

  test("of another name is none of ours", async () => {
    expect((await stage.say(openedFrom("something"))).status).toBe(501);
  });
});

test("the chat with the person is known from there, and nothing else", async () => {
  await stage.say(openedFrom("remind"));
  const key = JSON.stringify([us.tenant, chats.personal]);
  await until("it is kept", () => stage.kept.references.has(key));
});
