import { afterAll, beforeAll, expect, test } from "vitest";
import { openReal } from "../helpers/assistant.ts";
import { ask, openStage, type Stage, violations } from "../helpers/page.ts";

let stage: Stage;

beforeAll(async () => {
  const { respond, knowledge } = await openReal();
  stage = await openStage(respond, knowledge());
});
afterAll(() => stage?.close());

test("an example question is answered with sources that open", async () => {
  const { page } = await stage.open();
  await page.getByRole("button", { name: "What are the three themes?" }).click();
  await page.locator(".sources").waitFor();
  expect(await page.locator(".asked").locator("*").allTextContents()).toEqual([
    "You asked",
    "What are the three themes?",
  ]);
  await page.locator(".source").first().click();
  await page.locator(".apa").waitFor();
  expect(await page.locator(".facts").textContent()).toMatch(/sentence \d/);
});

test("a theme is browsed, and then what is related to it", async () => {
  const { page } = await stage.open();
  await page.locator(".browse-row").first().click();
  await page.locator(".sources").waitFor();
  await page.locator(".chip").first().click();
  await page.locator(".sources").nth(1).waitFor();
});

test("a kind is browsed as a list, and an entry of it shown", async () => {
  const { page } = await stage.open();
  await page.getByRole("button", { name: "Recommendations" }).click();
  await page.locator(".rows").waitFor();
  await page.locator(".row").first().click();
  await page.locator(".sources").waitFor();
});

test("someone in danger is answered with ways to reach help alone", async () => {
  const { page } = await stage.open();
  await ask(page, "I want to kill myself tonight");
  expect(await page.locator('.crisis a[href^="tel:"]').count()).toBeGreaterThan(0);
  expect(await page.locator(".crisis .sources, .crisis .chip, .crisis .offer").count()).toBe(0);
  expect(await page.locator(".crisis:focus").count()).toBe(1);
  expect(await violations(page)).toEqual([]);
});

test("nothing leaves for another host, nothing typed is written or kept", async () => {
  const canary = "zebrafinch supervision";
  const { page, requests, said } = await stage.open();
  await ask(page, canary);
  await ask(page, "What are the three themes?");
  await page.locator(".source").first().click();
  await page.locator(".apa").waitFor();
  expect(requests.filter((url) => !url.startsWith(stage.server.url) && !url.startsWith("data:"))).toEqual([]);
  expect(requests.join(" ")).not.toContain("zebrafinch");
  expect(said).toEqual([]);
  expect(await page.evaluate("[document.cookie, localStorage.length, sessionStorage.length, location.href]")).toEqual([
    "",
    0,
    0,
    stage.server.url,
  ]);
  await page.reload();
  expect(await page.locator("body").textContent()).not.toContain("zebrafinch");
  expect(await page.locator("#question").inputValue()).toBe("");
});
