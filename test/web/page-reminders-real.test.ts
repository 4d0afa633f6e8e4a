import { createHash } from "node:crypto";
import type { Page } from "playwright-core";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openReal } from "../helpers/assistant.ts";
import { ask, openStage, type Stage, violations } from "../helpers/page.ts";
import { openRealReminders, type RealReminders } from "../helpers/real-reminders.ts";

// A Wednesday.
const today = "2026-11-25T09:00:00Z";

let reminders: RealReminders;
let stage: Stage;

beforeAll(async () => {
  const { respond, knowledge } = await openReal();
  reminders = await openRealReminders(knowledge(), today);
  stage = await openStage(respond, knowledge(), { reminders, nowMs: reminders.nowMs });
});
afterAll(async () => {
  await stage?.close();
  await reminders?.close();
});

async function open(): Promise<Page> {
  reminders.setClock(today);
  return (await stage.open({ timezoneId: "Europe/Berlin" })).page;
}

const last = (page: Page) => page.locator(".reply").last();

/** Presses a button of the last reply, and gives what is said to it. */
async function press(page: Page, name: string): Promise<string> {
  const before = await page.locator(".reply").count();
  await last(page).getByRole("button", { name, exact: true }).click();
  await page.locator(".reply").nth(before).waitFor();
  return last(page).innerText();
}

/** Says it, and gives what is said to it. */
async function say(page: Page, words: string): Promise<string> {
  await ask(page, words);
  return last(page).innerText();
}

/** Moves the clock, has the page look, and gives what comes. */
async function comes(page: Page, iso: string): Promise<string> {
  const before = await page.locator(".due").count();
  reminders.setClock(iso);
  await page.evaluate("document.dispatchEvent(new Event('visibilitychange'))");
  await page.locator(".due").nth(before).waitFor();
  return last(page).innerText();
}

/** By what the server knows whoever uses this page. */
async function personOf(page: Page): Promise<string> {
  const key = await page.evaluate<string>('localStorage.getItem("bearings.key")');
  return `web:${createHash("sha256").update(key).digest("base64url")}`;
}

test("a reminder is set in words, comes, is put off, comes again, and is marked as done", async () => {
  const page = await open();
  const set = await say(page, "remind me every 2 weeks on Tuesday at 10:00 with Maria");
  for (const part of [
    "Set, as number 1.",
    "Every 14 days",
    "with Maria",
    "Europe/Berlin",
    "Tuesday 15 December, 10:00",
  ])
    expect(set).toContain(part);
  expect(await violations(page)).toEqual([]);

  expect(await comes(page, "2026-12-01T09:00:01Z")).toContain("Supervision with Maria is due");
  expect(await last(page).locator(".cite").count()).toBeGreaterThan(0);
  expect(await violations(page)).toEqual([]);
  expect(await press(page, "Snooze 1 h")).toContain("once more");
  expect(await comes(page, "2026-12-01T10:00:05Z")).toContain("Supervision with Maria");
  expect(await press(page, "Done")).toContain("for you alone");
  expect(await reminders.store.lastDone(await personOf(page))).toBe(Date.parse("2026-12-01T10:00:05Z"));
});

test("a reminder is set by the form, told what is wrong with it, changed by the form, listed and deleted", async () => {
  const page = await open();
  await page.getByRole("button", { name: "Set a reminder for supervision" }).click();
  await last(page).waitFor();
  const field = (name: string) => last(page).getByLabel(name);
  await field("How often").selectOption({ label: "Every week" });
  await field("First day").fill("2026-11-20");
  await field("Time").fill("14:30");
  await field("About").fill("peer group");
  // That day is over: the form comes back with what was entered, and what to do.
  const wrong = await press(page, "Save");
  expect(wrong).toMatch(/over|past|still to come|later/i);
  expect(await page.locator(".fill").count()).toBe(1);
  expect(await field("About").inputValue()).toBe("peer group");
  expect(await field("Time").inputValue()).toBe("14:30");
  expect(await violations(page)).toEqual([]);
  await field("First day").fill("2026-11-27");
  const set = await press(page, "Save");
  for (const part of ["Set, as number 1.", "Peer group", "Friday 27 November, 14:30"]) expect(set).toContain(part);

  await press(page, "Change");
  await field("Time").fill("15:00");
  expect(await press(page, "Save")).toContain("Friday 27 November, 15:00");
  await say(page, "/supervision list");
  expect(await last(page).locator(".row").count()).toBe(1);
  expect(await violations(page)).toEqual([]);
  await last(page).locator(".row").click();
  await last(page).getByRole("button", { name: "Delete", exact: true }).waitFor();
  expect(await press(page, "Delete")).toContain("Deleted number 1.");
  expect(await press(page, "Undo")).toContain("there again");
  await reminders.store.forget(await personOf(page));
});

test("an answer is saved for supervision, comes with the next reminder, and all is forgotten on request", async () => {
  const page = await open();
  await say(page, "Who may supervise this work?");
  const [title = ""] = await page.locator(".reply .chip").allInnerTexts();
  expect(title).not.toBe("");
  expect(await press(page, "Save for supervision")).toContain("Kept for your next supervision.");
  await say(page, "remind me tomorrow at 9am");
  expect(await comes(page, "2026-11-26T08:00:01Z")).toContain("Saved for supervision");
  await press(page, "Who should supervise");
  expect(await last(page).locator(".cite").count()).toBeGreaterThan(0);

  const person = await personOf(page);
  expect(await reminders.store.list(person)).toHaveLength(1);
  await page.locator("#forget").click();
  await page.getByRole("button", { name: "Forget them" }).click();
  await page.getByText("Your reminders are erased").waitFor();
  expect(await reminders.store.list(person)).toEqual([]);
  expect(await reminders.store.lastSent(person)).toBeNull();
  expect(await reminders.store.forget(person)).toBe(0);
});
