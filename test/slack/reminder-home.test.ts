/** Reminders on the Home tab, and what becomes of them when a person or a workspace goes. */
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { words } from "#adapters/slack/words.ts";
import type { Reply } from "#src/reply.ts";
import { appUninstalled, directMessage, eventEnvelope, homeOpened, tokensRevoked } from "../helpers/slack/events.ts";
import { pressInView } from "../helpers/slack/interactions.ts";
import { alice, botToken, us } from "../helpers/slack/team.ts";
import { nextTs, openSettling, readBack, type Settling } from "./settling.ts";

let s: Settling;
beforeEach(async () => {
  s = await openSettling();
});
afterEach(() => s.close());

const shown = () => JSON.stringify(s.fake.shown().at(-1) ?? {});

describe("the Home tab", () => {
  const list: Reply = {
    kind: "list",
    why: "reminders",
    say: "You have one reminder.",
    asides: [],
    rows: [{ title: "1. Supervision", gist: "Every 14 days", button: { label: "Open", token: "r/open/x" } }],
    buttons: [{ label: "Set a reminder", token: "r/form" }],
  };

  test("has the person's reminders with their buttons", async () => {
    s.says.mine = async () => list;
    await s.door.event(eventEnvelope(homeOpened({ tab: "home" })));
    for (const part of ["1. Supervision", "r/open/x", "r/form", "What is kept"]) expect(shown()).toContain(part);
  });

  test("F32: says so where they cannot be looked up, and has all the rest", async () => {
    s.says.mine = () => Promise.reject(new Error("away"));
    await s.door.event(eventEnvelope(homeOpened({ tab: "home" })));
    for (const part of [words.remindersAway, "What is kept", "Delete my data"]) expect(shown()).toContain(part);
    expect(s.door.logged()).toContain("slack.reminders.not-listed");
  });

  test("opens a reminder in a window, and is drawn again after a change", async () => {
    s.says.made = () => readBack;
    const pressed = { actionId: "press.3", value: "r/pause/x" };
    await s.door.interaction(pressInView(pressed, { type: "home" }, { triggerId: "1.2.home" }));
    await expect
      .poll(() => s.fake.shown())
      .toMatchObject([
        { how: "open", for: "1.2.home" },
        { how: "publish", for: alice.id },
      ]);
    expect(s.only().here).toBeNull();
  });

  test("is not drawn again for a question that was answered in a window", async () => {
    await s.door.interaction(pressInView({ actionId: "press.1", value: "browse/theme" }, { type: "home" }));
    await expect.poll(() => s.fake.shown()).toMatchObject([{ how: "open" }]);
    await s.door.close();
    expect(s.fake.shown()).toHaveLength(1);
  });

  test("deletes reminders too when a person wants their data gone", async () => {
    await s.door.interaction(pressInView({ actionId: "forget", value: "forget" }, { type: "home" }));
    await expect.poll(() => s.fake.shown()).toMatchObject([{ how: "open" }, { how: "publish" }]);
    expect(JSON.stringify(s.fake.shown()[0])).toContain(words.forgotten);
    expect(s.asked).toContainEqual(["forget", `slack:${us.team}:${alice.id}`]);
  });
});

describe("F8: when the app is removed", () => {
  const parked = () => s.asked.filter(([what]) => what === "park");

  test.each([
    ["app_uninstalled", appUninstalled()],
    ["tokens_revoked", tokensRevoked()],
  ])("(%s) the reminders of the workspace stop", async (_name, event) => {
    s.fake.oauth.tokens.delete(botToken);
    expect((await s.door.event(eventEnvelope(event))).status).toBe(200);
    expect(parked()).toEqual([["park", `slack:${us.team}:`, "uninstalled"]]);
  });

  test("but not when the news is old, and it has been installed anew since", async () => {
    expect((await s.door.event(eventEnvelope(appUninstalled()))).status).toBe(200);
    expect(parked()).toEqual([]);
  });

  test("and once it is installed again, they go on", async () => {
    const started = s.asked.filter(([what]) => what === "unpark");
    // All reasons at once.
    expect(started).toHaveLength(1);
    expect(started[0]).toEqual(expect.arrayContaining([`slack:${us.team}:`, "uninstalled", "token_revoked"]));
    await s.door.event(eventEnvelope(directMessage({ text: "hello", ts: nextTs() })));
    // It is known by then.
    expect(s.asked.filter(([what]) => what === "unpark")).toEqual(started);
  });
});
