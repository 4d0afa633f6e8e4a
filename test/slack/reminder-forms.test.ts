/** Forms of reminders as windows: opened, filled in, sent, and sent back. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { openPlace } from "#adapters/slack/read.ts";
import { words } from "#adapters/slack/words.ts";
import { reveal } from "#src/turn.ts";
import { directMessage, eventEnvelope } from "../helpers/slack/events.ts";
import { pressInView, pressOnMessage, slashCommand, viewSubmission } from "../helpers/slack/interactions.ts";
import { alice, channels, objectOf } from "../helpers/slack/team.ts";
import { form, generalAsSuch, nextTs, openSettling, readBack, type Settling } from "./settling.ts";

let s: Settling;
beforeEach(async () => {
  s = await openSettling();
});
afterEach(() => s.close());

const danger = "I am going to kill myself tonight";

describe("a form", () => {
  const submit = (metadata: unknown, values: object, id = "V00000001") =>
    s.door.interaction(viewSubmission({ callbackId: "form", metadata: String(metadata), values: { ...values }, id }));
  const filled = {
    "field.every": { "field.every": { type: "static_select", selected_option: { value: "fortnight" } } },
    "field.day": { "field.day": { type: "datepicker", selected_date: "2026-12-01" } },
    "field.time": { "field.time": { type: "timepicker", selected_time: "10:30" } },
    "field.ends": { "field.ends": { type: "datepicker", selected_date: null } },
    "field.about": { "field.about": { type: "plain_text_input", value: "case talk" } },
  };
  const metadata = JSON.stringify({ channel: channels.general, token: "r/filled/new" });

  test("opens by /supervision alone, and nothing is said", async () => {
    s.says.made = () => form;
    const { status, text } = await s.door.command(slashCommand("/supervision", "", { triggerId: "1.2.form" }));
    expect({ status, text }).toEqual({ status: 200, text: "" });
    expect(s.fake.shown()).toMatchObject([{ how: "open", for: "1.2.form", view: { callback_id: "form" } }]);
    expect(JSON.parse(String(s.fake.shown()[0]?.view.private_metadata))).toEqual({
      channel: channels.general,
      token: "r/filled/new",
    });
  });

  test("that cannot be opened is its words, and a button that opens it", async () => {
    s.says.made = () => form;
    const { text } = await s.door.command(slashCommand("/supervision", "", { triggerId: "expired.1" }));
    expect(text).toContain(form.say);
    expect(text).toContain(words.openForm);
    const on = { channel: channels.general, isEphemeral: true };
    const pressed = { actionId: "form", value: "r/filled/new" };
    await s.door.interaction(pressOnMessage(pressed, on, { triggerId: "1.2.again" }));
    await expect.poll(() => s.fake.shown()).toMatchObject([{ how: "open", for: "1.2.again" }]);
    expect(s.fake.posted()).toEqual([]);
    expect(s.all.at(-1)?.turn.said).toEqual({ kind: "pressed", token: "r/filled/new" });
  });

  test("in answer to a plain message is its words, and a button that opens it", async () => {
    s.says.made = () => form;
    await s.door.event(eventEnvelope(directMessage({ text: "set a reminder", ts: nextTs() })));
    expect(s.fake.posted()).toMatchObject([{ channel: channels.dm, text: form.say }]);
    expect(JSON.stringify(s.fake.posted()[0]?.blocks)).toContain(words.openForm);
    expect(s.fake.shown()).toEqual([]);
  });

  test("that is sent becomes what was understood, with its buttons; the Home tab is drawn again", async () => {
    s.says.made = () => readBack;
    const { text } = await submit(metadata, filled);
    expect(JSON.parse(text)).toMatchObject({ response_action: "update", view: { type: "modal" } });
    expect(text).toContain(readBack.say);
    expect(text).toContain("r/undo/x/1");
    const { turn, here } = s.only();
    const said = turn.said.kind === "filled" ? turn.said : null;
    expect(said?.token).toBe("r/filled/new");
    expect(Object.entries(said?.fields ?? {}).map(([name, value]) => [name, reveal(value)])).toEqual([
      ["every", "fortnight"],
      ["day", "2026-12-01"],
      ["time", "10:30"],
      ["ends", ""],
      ["about", "case talk"],
    ]);
    expect(turn.person.zone?.name).toBe("Europe/Berlin");
    expect(here).toMatchObject(generalAsSuch);
    await expect.poll(() => s.fake.shown()).toMatchObject([{ how: "publish", for: alice.id }]);
  });

  test("that was not filled in rightly is there again, with what is wrong", async () => {
    s.says.made = () => ({ ...form, say: "That day is over." });
    const { text } = await submit(metadata, filled);
    expect(JSON.parse(text)).toMatchObject({ view: { callback_id: "form", submit: {} } });
    expect(text).toContain("That day is over.");
  });

  test("is the same turn however often it is brought, and another one once it has been drawn again", async () => {
    const body = (hash: string) => {
      const sent = viewSubmission({ callbackId: "form", metadata, values: filled });
      return { ...sent, view: { ...objectOf(sent.view), hash } };
    };
    for (const hash of ["1.a", "1.a", "1.b"]) await s.door.interaction(body(hash));
    const ids = s.all.map(({ turn }) => turn.id);
    expect([ids[0] === ids[1], ids[1] === ids[2]]).toEqual([true, false]);
  });

  test("with a cry for help in any box turns into whom to call, and sets nothing", async () => {
    let isAsked = false;
    s.says.mine = async () => {
      isAsked = true;
      return readBack;
    };
    const about = { "field.about": { "field.about": { type: "plain_text_input", value: danger } } };
    const { text } = await submit(metadata, { ...filled, ...about });
    expect(text).toContain("911");
    expect(s.all).toEqual([]);
    // Nor is a database asked for anything.
    expect(isAsked).toBe(false);
  });

  test("that was opened by a button in a window takes its place, and knows the conversation still", async () => {
    s.says.made = () => form;
    const modal = {
      type: "modal" as const,
      private_metadata: JSON.stringify({ channel: channels.general, token: null }),
    };
    await s.door.command(slashCommand("/supervision", "", { triggerId: "1.2.window" }));
    const id = s.fake.shown()[0]?.id;
    await s.door.interaction(pressInView({ actionId: "press.0", value: "r/form" }, { ...modal, id }));
    await expect.poll(() => s.fake.shown().filter(({ how }) => how === "update")).toMatchObject([{ for: id }]);
    const updated = s.fake.shown().find(({ how }) => how === "update");
    expect(String(updated?.view.private_metadata)).toContain(channels.general);
    const here = s.all.at(-1)?.places.here ?? null;
    expect(here === null ? null : openPlace(here)).toMatchObject(generalAsSuch);
  });
});
