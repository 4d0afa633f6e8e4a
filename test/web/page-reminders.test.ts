import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WebReminders } from "#adapters/web/reminders.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { dueReply, type FakeReminders, openFakeReminders, wishing } from "../helpers/fake-reminders.ts";
import { ask, openStage, type Stage, violations } from "../helpers/page.ts";

let stage: Stage;
let fake: FakeReminders;

beforeAll(async () => {
  const knowledge = await openKnowledge();
  const reminders: WebReminders = {
    settle: (...all) => fake.settle(...all),
    pull: () => fake.pull(),
    forget: (person) => fake.forget(person),
  };
  stage = await openStage(wishing, knowledge, { reminders });
});
beforeEach(() => {
  fake = openFakeReminders();
});
afterAll(() => stage?.close());

/** A page whose browser holds a key already. */
async function withKey(options?: BrowserContextOptions) {
  const opened = await stage.open(options);
  await ask(opened.page, "remind me");
  return opened;
}

const comeBack = (page: Page) => page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
const posts = (requests: readonly string[], path: string) => requests.filter((url) => url.endsWith(path)).length;

describe("a form", () => {
  test("is filled in with the keyboard alone, is sent with Enter, and is gone when it is done", async () => {
    const { page } = await stage.open();
    await ask(page, "remind form");
    const labels = await page.locator(".field label").allInnerTexts();
    expect(labels).toEqual(["How often", "First day", "Time", "Last day (optional)", "What it is about (optional)"]);
    expect(await page.getByLabel("What it is about").getAttribute("aria-describedby")).toBe(
      await page.locator(".field .hint").getAttribute("id"),
    );
    await page.getByLabel("How often").focus();
    await page.keyboard.press("ArrowUp");
    // Which of its parts comes first depends on the browser's language.
    await page.getByLabel("First day").fill("2026-12-15");
    await page.getByLabel("What it is about").focus();
    await page.keyboard.press("ControlOrMeta+A");
    await page.keyboard.type("peer group");
    await page.keyboard.press("Enter");
    await page.getByText("Filled in: every=once; day=2026-12-15; time=10:00; ends=; about=peer group.").waitFor();
    expect(await page.locator(".asked").last().locator("p").innerText()).toMatch(
      /^How often: Once\nFirst day: Tuesday,? 15 December 2026\nTime: 10:00\nWhat it is about: peer group$/,
    );
    expect(await page.locator(".fill").count()).toBe(0);
    expect(await page.locator(".reply:focus").count()).toBe(1);
  });

  test("stays as it was filled in where it cannot be sent, and where it speaks of danger", async () => {
    const { page } = await stage.open();
    await ask(page, "remind form");
    await page.route("**/api/turn", (route) => route.abort());
    await page.getByLabel("What it is about").fill("crisis");
    await page.locator(".fill .send").click();
    await page.getByText("could not be reached").waitFor();
    expect(await page.getByLabel("What it is about").inputValue()).toBe("crisis");
    await page.unroute("**/api/turn");
    await page.locator(".fill .send").click();
    await page.locator(".crisis:focus").waitFor();
    expect(await page.getByLabel("What it is about").inputValue()).toBe("crisis");
    expect(fake.settled.filter(({ turn }) => turn.said.kind === "filled")).toEqual([]);
  });
});

describe("what comes", () => {
  test("is shown and announced, said to have arrived, and answered with a button", async () => {
    const { page } = await withKey();
    fake.bring("o1", dueReply);
    await page.locator("#question").fill("half a ques");
    await comeBack(page);
    const due = page.locator(".due");
    await due.waitFor();
    expect(await due.locator("h3").innerText()).toBe("Reminder");
    expect(await due.innerText()).toContain("Supervision is due.");
    expect(await page.locator('[role="log"] .due').count()).toBe(1);
    await expect.poll(() => fake.arrived).toHaveLength(1);
    // Whoever is typing goes on typing.
    expect(await page.locator("#question:focus").count()).toBe(1);
    expect(await page.locator("#question").inputValue()).toBe("half a ques");
    await due.getByRole("button", { name: "Done" }).click();
    await page.getByText("Pressed r/done/o1.").waitFor();
    expect(await page.locator("#question").inputValue()).toBe("half a ques");
  });

  test("is looked for every 15 seconds, and by nobody without a key", async () => {
    const { page, requests } = await stage.open();
    await page.clock.install();
    await page.reload();
    await page.clock.fastForward(60_000);
    await ask(page, "answer");
    expect(posts(requests, "/api/due")).toBe(0);
    await ask(page, "remind me");
    fake.bring("o1", dueReply);
    await page.clock.fastForward(15_000);
    await page.locator(".due").waitFor();
  });

  test("is not shown twice when it was not said to have arrived, and is said so then", async () => {
    const { page } = await withKey();
    fake.bring("o1", dueReply);
    await page.route("**/api/arrived", (route) => route.abort());
    await comeBack(page);
    await page.locator(".due").waitFor();
    await page.unroute("**/api/arrived");
    await expect
      .poll(async () => {
        await comeBack(page);
        return fake.arrived.length;
      })
      .toBe(1);
    expect(await page.locator(".due").count()).toBe(1);
  });

  test("waits until somebody in danger has read how to reach help, and asks on", async () => {
    const { page, requests } = await withKey();
    await ask(page, "crisis");
    fake.bring("o1", dueReply);
    await comeBack(page);
    // It would have asked before this question did.
    await ask(page, "note");
    expect(posts(requests, "/api/due")).toBe(0);
    await comeBack(page);
    await page.locator(".due").waitFor();
  });

  test("leaves a dot in the title while the page is hidden", async () => {
    const { page } = await withKey();
    const hide = (isHidden: boolean) =>
      page.evaluate(`Object.defineProperty(document, "hidden", { configurable: true, get: () => ${isHidden} })`);
    await page.clock.install();
    await page.reload();
    await hide(true);
    fake.bring("o1", dueReply);
    await page.clock.fastForward(15_000);
    await page.locator(".due").waitFor({ state: "attached" });
    expect(await page.title()).toBe("● Bearings");
    await hide(false);
    await comeBack(page);
    expect(await page.title()).toBe("Bearings");
  });

  test("does not move what somebody reads further up; a button leads to it", async () => {
    const { page } = await withKey({ viewport: { width: 900, height: 700 } });
    for (let count = 0; count < 4; count++) await ask(page, "answer");
    await page.evaluate("scrollTo(0, 0)");
    fake.bring("o1", dueReply);
    await comeBack(page);
    await page.locator("#to-due").waitFor();
    expect(await page.evaluate("scrollY")).toBe(0);
    await page.locator("#to-due").click();
    expect(await page.locator(".due:focus").count()).toBe(1);
    await page.locator("#to-due").waitFor({ state: "hidden" });
  });
});

const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "a form": (page) => ask(page, "remind form"),
  "a reminder that came": async (page) => {
    fake.bring("o1", dueReply);
    await comeBack(page);
    await page.locator(".due").waitFor();
  },
  "what is asked before forgetting": (page) => page.locator("#forget").click(),
};

test.each(Object.entries(states))(
  "axe-core finds nothing wrong with, and 320 px are wide enough for: %s",
  async (_, bring) => {
    const { page } = await withKey({ viewport: { width: 320, height: 640 } });
    await bring(page);
    for (const colorScheme of ["light", "dark"] as const) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), colorScheme).toEqual([]);
    }
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
  },
);
