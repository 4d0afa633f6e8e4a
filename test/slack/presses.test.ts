/** Buttons and windows over the whole door: sources, sharing, votes, erasing, and what comes of a press that is old or comes twice. */
import { afterAll, afterEach, beforeAll, describe, expect, test } from "vitest";
import { words } from "#adapters/slack/words.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import { pressInView, pressOnMessage, viewSubmission } from "../helpers/slack/interactions.ts";
import { alice, bob, channels } from "../helpers/slack/team.ts";

let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake);
});
afterEach(() => fake.clear());
afterAll(async () => {
  await door.close();
  await fake.close();
});

let count = 0;
const nextTs = () => `1700000500.${String(++count).padStart(6, "0")}`;
const votes = () => door.database.db.selectFrom("feedback").selectAll().execute();
const lastView = () => fake.shown().at(-1);
/** Without the Home tab, which is drawn again after a change. */
const windows = () => fake.shown().filter(({ how }) => how !== "publish");

describe("Sources in full", () => {
  const pressed = { actionId: "sources", value: "show/training" };

  test("opens a window with the passages and the reference to copy, by the trigger of the press", async () => {
    const { status, text } = await door.interaction(pressOnMessage(pressed, {}, { triggerId: "1.2.sources" }));
    expect({ status, text }).toEqual({ status: 200, text: "" });
    await expect.poll(lastView).toMatchObject({ how: "open", for: "1.2.sources" });
    expect(JSON.stringify(lastView())).toContain(words.passages);
    expect(JSON.stringify(lastView())).toContain("(reference)");
  });

  test("on the Home tab opens a window, and in a window changes it", async () => {
    await door.interaction(pressInView(pressed, { type: "home" }, { triggerId: "1.2.home" }));
    await expect.poll(lastView).toMatchObject({ how: "open", for: "1.2.home" });
    const id = lastView()?.id;
    await door.interaction(pressInView(pressed, { type: "modal", id }));
    await expect.poll(lastView).toMatchObject({ how: "update", for: id });
  });

  test("that can no longer be opened is logged by its code, and nothing else happens", async () => {
    await door.interaction(pressOnMessage(pressed, {}, { triggerId: "expired.1" }));
    await expect.poll(door.logged).toContain("expired_trigger_id");
  });
});

describe("a button of the core", () => {
  test("on the Home tab opens a window", async () => {
    await door.interaction(
      pressInView({ actionId: "press.0", value: "browse/theme" }, { type: "home" }, { triggerId: "1.2.b" }),
    );
    await expect.poll(lastView).toMatchObject({ how: "open", for: "1.2.b" });
    expect(JSON.stringify(lastView())).toContain("Power differentials");
  });

  test.each(["gone/long-ago", "show/no-such-entry", "__proto__", ""])(
    "with the old token %j says so",
    async (value) => {
      const before = fake.posted().length;
      const responseUrl = fake.responseUrl(channels.general, alice.id);
      await door.interaction(pressOnMessage({ actionId: "press.0", value }, {}, { responseUrl }));
      await expect.poll(() => fake.posted().slice(before)).toMatchObject([{ to: alice.id }]);
      expect(fake.posted().at(-1)?.text).toMatch(/older conversation|no longer|Ask/);
    },
  );

  test("T-21: brought five times in a direct message is answered once", async () => {
    const before = fake.posted().length;
    const on = { channel: channels.dm, threadTs: nextTs() };
    const body = pressOnMessage({ actionId: "press.0", value: "show/training", actionTs: nextTs() }, on);
    await Promise.all(Array.from({ length: 5 }, () => door.interaction(body)));
    await expect.poll(() => fake.posted().slice(before)).toHaveLength(1);
    await door.interaction(body);
    await door.interaction(pressOnMessage({ actionId: "press.0", value: "themes", actionTs: nextTs() }, on));
    await expect.poll(() => fake.posted().slice(before)).toHaveLength(2);
  });

  test("on an answer that one person alone sees is answered in the same way, in a direct message too", async () => {
    const before = fake.posted().length;
    const between = "D09OTHER";
    const responseUrl = fake.responseUrl(between, alice.id);
    const on = { channel: between, isEphemeral: true };
    await door.interaction(pressOnMessage({ actionId: "press.0", value: "show/training" }, on, { responseUrl }));
    await expect.poll(() => fake.posted().slice(before)).toMatchObject([{ channel: between, to: alice.id }]);
  });

  test("T-10: whose address to respond at is not Slack's is answered by name, and the address is left alone", async () => {
    const before = fake.posted().length;
    const pressed = { actionId: "press.0", value: "show/training" };
    await door.interaction(pressOnMessage(pressed, {}, { responseUrl: "https://evil.example/x" }));
    await expect.poll(() => fake.posted().slice(before)).toMatchObject([{ by: "chat.postEphemeral", to: alice.id }]);
    expect(fake.calls("chat.postEphemeral")).toMatchObject([{ args: { parse: "none" } }]);
  });

  test("that Slack says no to at its address, with whatever status, is answered by name", async () => {
    const before = fake.posted().length;
    fake.fail({ method: "response_url", kind: "refused", error: "expired_url" });
    const responseUrl = fake.responseUrl(channels.general, alice.id);
    await door.interaction(pressOnMessage({ actionId: "press.0", value: "show/training" }, {}, { responseUrl }));
    await expect.poll(() => fake.posted().slice(before)).toMatchObject([{ by: "chat.postEphemeral", to: alice.id }]);
  });
});

describe("Share in channel", () => {
  const pressed = { actionId: "share", value: "show/training" };
  const submit = (metadata: unknown) =>
    door.interaction(viewSubmission({ callbackId: "share", metadata: String(metadata) }));
  const preview = async (channel: string, threadTs?: string) => {
    const on = { channel, isEphemeral: true, ...(threadTs === undefined ? {} : { threadTs }) };
    const triggerId = `1.2.${nextTs()}`;
    await door.interaction(pressOnMessage(pressed, on, { triggerId }));
    await expect.poll(lastView).toMatchObject({ how: "open", for: triggerId });
    return lastView()?.view ?? {};
  };

  test("shows first what all will see, then posts just that, in its thread", async () => {
    const before = fake.posted().length;
    const thread = nextTs();
    const view = await preview(channels.general, thread);
    expect(JSON.stringify(view)).toContain(words.previewThread);
    expect(fake.posted()).toHaveLength(before);
    const { status, text } = await submit(view.private_metadata);
    expect({ status, text }).toEqual({ status: 200, text: "" });
    const [shared, ...more] = fake.posted().slice(before);
    expect(more).toEqual([]);
    expect(shared).toMatchObject({ channel: channels.general, thread, to: null });
    expect(JSON.stringify(shared?.blocks)).not.toMatch(/You asked|"share"/);
    for (const { args } of fake.calls("chat.postMessage"))
      expect(args).toMatchObject({ parse: "none", unfurl_links: "false", unfurl_media: "false" });
  });

  test("to a channel that we are not in says how to invite us", async () => {
    const view = await preview(channels.random);
    const { status, text } = await submit(view.private_metadata);
    expect(status).toBe(200);
    expect(JSON.parse(text)).toMatchObject({ response_action: "update" });
    expect(text).toContain(words.notInvited);
  });

  test("that Slack would not take just now says so", async () => {
    const view = await preview(channels.general);
    fake.fail({ method: "chat.postMessage", kind: "limited", retryAfter: "600" });
    expect((await submit(view.private_metadata)).text).toContain(words.shareLater);
  });

  test.each(["", "{}", "null", '{"channel":"C01GEN","thread":null,"token":"themes"}'])(
    "with %j in its window posts nothing and says so",
    async (metadata) => {
      const before = fake.posted().length;
      const { status, text } = await submit(metadata);
      expect(status).toBe(200);
      expect(text).toContain(words.cannotShare);
      expect(fake.posted()).toHaveLength(before);
    },
  );
});

describe("a vote", () => {
  const vote = (value: string, ts: string, user = alice.id) =>
    door.interaction(pressOnMessage({ actionId: "feedback", value, type: "feedback_buttons" }, { ts }, { user }));
  const reason = (ts: string, given: unknown, user = alice.id) =>
    door.interaction(
      viewSubmission(
        {
          callbackId: "reasons",
          metadata: JSON.stringify({ place: `T01TEST:${channels.general}:${ts}`, entries: ["training"] }),
          values: { b1: { reason: { type: "radio_buttons", selected_option: { value: given } } } },
        },
        { user },
      ),
    );
  const kept = async (ts: string) => (await votes()).filter(({ place }) => place.endsWith(`:${ts}`));

  test("for an answer is kept, without a window", async () => {
    const ts = nextTs();
    const before = fake.shown().length;
    await vote("up/training", ts);
    await expect
      .poll(() => kept(ts))
      .toMatchObject([{ person: `slack:T01TEST:${alice.id}`, vote: "up", reason: null, entries: '["training"]' }]);
    expect(fake.shown()).toHaveLength(before);
  });

  test("against it opens the reasons; the one that is chosen is kept, and the last word counts", async () => {
    const ts = nextTs();
    await vote("up/training", ts);
    await vote("down/training", ts);
    await expect.poll(() => kept(ts)).toMatchObject([{ vote: "down", reason: null }]);
    await expect.poll(() => JSON.stringify(lastView())).toContain(words.whyLabel);
    expect((await reason(ts, "unclear")).status).toBe(200);
    await expect.poll(() => kept(ts)).toMatchObject([{ vote: "down", reason: "unclear" }]);
    await vote("up/training", ts);
    await expect.poll(() => kept(ts)).toMatchObject([{ vote: "up", reason: null }]);
    await reason(ts, "unclear");
    expect(await kept(ts)).toMatchObject([{ vote: "up", reason: null }]);
  });

  test("takes none but the reasons there are, and no entries but ours", async () => {
    const [ts, other] = [nextTs(), nextTs()];
    await vote("down/training,written-by-someone", ts);
    await vote("down/written-by-someone", other);
    await vote("sideways/training", other);
    await expect.poll(() => kept(ts)).toMatchObject([{ entries: '["training"]' }]);
    for (const given of ["written by someone", "__proto__", "toString", ""]) await reason(ts, given);
    await reason(ts, "unclear", bob.id);
    expect(await kept(ts)).toMatchObject([{ reason: null }]);
    expect(await kept(other)).toEqual([]);
  });

  test("F32: that cannot be kept shows nothing of it, and the window opens all the same", async () => {
    const failing = () => Promise.reject(new Error("down"));
    const broken = await openDoor(fake, { storage: { votes: { put: failing, reason: failing, forget: failing } } });
    const triggerId = "1.2.broken";
    const pressed = { actionId: "feedback", value: "down/training" };
    expect((await broken.interaction(pressOnMessage(pressed, {}, { triggerId }))).status).toBe(200);
    await expect.poll(lastView).toMatchObject({ for: triggerId });
    await broken.interaction(pressInView({ actionId: "forget", value: "forget" }, { type: "home" }));
    await expect.poll(() => JSON.stringify(windows())).toContain(words.notForgotten);
    await broken.close();
  });

  test("is erased with all others of that person, and of nobody else", async () => {
    const ts = nextTs();
    await vote("up/training", ts, bob.id);
    await vote("up/training", ts, alice.id);
    await expect.poll(() => kept(ts)).toHaveLength(2);
    await door.interaction(pressInView({ actionId: "forget", value: "forget" }, { type: "home" }));
    await expect.poll(() => JSON.stringify(windows())).toContain(words.forgotten);
    expect(new Set((await votes()).map(({ person }) => person))).toEqual(new Set([`slack:T01TEST:${bob.id}`]));
  });
});
