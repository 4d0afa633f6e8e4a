import type { BrowserContextOptions, Page } from "playwright-core";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { WebReminders } from "#adapters/web/reminders.ts";
import { openKnowledge } from "../helpers/assistant.ts";
import { type FakeReminders, openFakeReminders, wishing } from "../helpers/fake-reminders.ts";
import { ask, openStage, type Stage } from "../helpers/page.ts";

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

const kept = (page: Page) => page.evaluate<string | null>('localStorage.getItem("bearings.key")');
const comeBack = (page: Page) => page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
const posts = (requests: readonly string[], path: string) => requests.filter((url) => url.endsWith(path)).length;

describe("the key", () => {
  test("is made for the first wish, is used for every one, and goes with no question", async () => {
    const { page, requests } = await stage.open();
    const bodies: string[] = [];
    page.on("request", (request) => bodies.push(request.postData() ?? ""));
    await ask(page, "answer");
    expect(await page.evaluate("localStorage.length")).toBe(0);
    expect(await page.locator("#key-line").isVisible()).toBe(false);

    await ask(page, "remind me");
    expect(await page.locator(".reply").last().innerText()).toContain(
      `Set in ${await page.evaluate("new Intl.DateTimeFormat().resolvedOptions().timeZone")}`,
    );
    const key = await kept(page);
    expect(key).toMatch(/^[\w-]{43}$/);
    expect(await page.evaluate("[localStorage.length, sessionStorage.length, document.cookie]")).toEqual([1, 0, ""]);
    expect(await page.locator("#key-line").isVisible()).toBe(true);

    await ask(page, "note");
    await page.locator(".chip", { hasText: "Undo" }).click();
    await page.getByText("Pressed r/undo/a/1.").waitFor();
    expect(await kept(page)).toBe(key);
    const turns = bodies.filter((body) => /"(?:text|token)"/.test(body));
    expect(turns.filter((body) => body.includes(key ?? "?"))).toHaveLength(2);
    expect(turns.filter((body) => /answer|note/.test(body)).some((body) => body.includes("person"))).toBe(false);
    expect(requests.join(" ")).not.toContain(key);
  });

  test("cannot be kept where the browser keeps nothing, and then nothing is set", async () => {
    const { page } = await stage.open();
    await page.evaluate("Storage.prototype.setItem = () => { throw new DOMException('no', 'SecurityError'); }");
    await page.locator("#question").fill("remind me");
    await page.keyboard.press("Enter");
    await page.getByText("This browser keeps nothing for this page").waitFor();
    expect(await page.locator("#question").inputValue()).toBe("remind me");
    expect(fake.settled).toEqual([]);
  });

  test("a wish whose reply was lost is tried again as the same one; the next is another", async () => {
    const { page } = await stage.open();
    const turns: string[] = [];
    let isLost = true;
    await page.route("**/api/turn", async (route) => {
      const sent = route.request().postDataJSON();
      if (sent.turn === undefined) return route.continue();
      turns.push(sent.turn);
      if (!isLost) return route.continue();
      isLost = false;
      await route.fetch();
      await route.abort();
    });
    await page.locator("#question").fill("remind me");
    await page.keyboard.press("Enter");
    await page.getByText("could not be reached").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".reply").waitFor();
    await ask(page, "remind me");
    const [lost, again, next] = turns;
    expect(again).toBe(lost);
    expect(next).not.toBe(lost);
    expect(fake.settled.map(({ turn }) => turn.id.split(":").at(-1))).toEqual([lost, again, next]);
  });
});

describe("forgetting", () => {
  test("asks first, erases, and takes the key out of the browser", async () => {
    const { page, requests } = await withKey();
    await page.locator("#forget").click();
    await page.getByRole("button", { name: "Keep them" }).click();
    expect(fake.forgotten).toEqual([]);
    await page.locator("#forget").click();
    await page.getByRole("button", { name: "Forget them" }).click();
    await page.getByText("Your reminders are erased").waitFor();
    expect(fake.forgotten).toHaveLength(1);
    expect(await kept(page)).toBeNull();
    expect(await page.locator("#key-line").isVisible()).toBe(false);
    const before = posts(requests, "/api/due");
    await comeBack(page);
    await ask(page, "note");
    expect(posts(requests, "/api/due")).toBe(before);
  });

  test("says so when it could not, and keeps the key", async () => {
    const { page } = await withKey();
    fake.breakWith(Object.assign(new Error("away"), { code: "ECONNREFUSED" }));
    await page.locator("#forget").click();
    await page.getByRole("button", { name: "Forget them" }).click();
    await page.getByText("Nothing was erased.").waitFor();
    expect(await kept(page)).not.toBeNull();
  });
});
