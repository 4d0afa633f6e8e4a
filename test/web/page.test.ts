import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKnowledge } from "../helpers/assistant.ts";
import { ask, openStage, type Stage } from "../helpers/page.ts";
import { replies } from "../helpers/replies.ts";
import { scripted } from "../helpers/scripted.ts";

let stage: Stage;

beforeAll(async () => {
  const knowledge = await openKnowledge();
  stage = await openStage(scripted, knowledge);
});
afterAll(() => stage?.close());

/** Presses Tab until the element has the focus, as someone without a mouse would. */
async function tabTo(page: Page, selector: string): Promise<void> {
  for (let presses = 0; presses < 80; presses++) {
    if (await page.evaluate(`document.activeElement.matches(${JSON.stringify(selector)})`)) return;
    await page.keyboard.press("Tab");
  }
  throw new Error(`Tab never reaches ${selector}`);
}

const hasFocus = (page: Page, selector: string) => page.locator(`${selector}:focus`).count();
const lastReply = (page: Page) => page.locator(".reply").last();

describe("with the keyboard alone", () => {
  test("ask, open a citation, copy it, and come back to where one was", async () => {
    const { page } = await stage.open();
    await page.keyboard.press("Tab");
    expect(await page.locator(":focus").textContent()).toBe("Skip to the question box");
    await page.keyboard.press("Enter");
    await page.keyboard.type("answer");
    await page.keyboard.press("Enter");
    await page.locator(".cite").first().waitFor();
    expect(await page.locator(".asked").locator("*").allTextContents()).toEqual(["You asked", "answer"]);
    expect(await hasFocus(page, "#question")).toBe(1);
    expect(await page.locator("#question").inputValue()).toBe("");

    await page.locator(".asked").focus();
    await tabTo(page, ".cite");
    await page.keyboard.press("Enter");
    await page.locator(".apa").waitFor();
    const dialog = page.locator("dialog[open]");
    expect(await dialog.locator("h2").textContent()).toMatch(/^The experiences of mental health professionals/);
    expect(await dialog.textContent()).toContain("Iona Myfanwy Newydd, Sophie North and Imogen Rushworth, 2020");
    expect(await dialog.locator("a").getAttribute("rel")).toBe("noreferrer");
    expect(await dialog.locator("a").getAttribute("target")).toBe("_blank");
    await tabTo(page, ".copy");
    await page.keyboard.press("Enter");
    await page.getByText("APA reference copied.").waitFor();
    expect(await page.evaluate("navigator.clipboard.readText()")).toMatch(/^Newydd, I\. M\., North, S\., & Rushworth/);
    await page.keyboard.press("Escape");
    expect(await page.locator("dialog[open]").count()).toBe(0);
    expect(await hasFocus(page, ".cite")).toBe(1);
  });

  test("Shift and Enter begin a new line; Enter sends; an empty box stays", async () => {
    const { page, requests } = await stage.open();
    await page.locator("#question").focus();
    await page.keyboard.press("Enter");
    expect(requests.filter((url) => url.endsWith("/api/turn"))).toEqual([]);
    await page.keyboard.type("one");
    await page.keyboard.press("Shift+Enter");
    await page.keyboard.type("two");
    expect(await page.locator("#question").inputValue()).toBe("one\ntwo");
    await page.keyboard.press("Enter");
    await lastReply(page).waitFor();
    expect(await page.locator(".asked p").textContent()).toBe("one\ntwo");
  });

  test("a button in a reply leads to its reply, which takes the focus", async () => {
    const { page } = await stage.open();
    await ask(page, "choices");
    await page.locator(".asked").focus();
    await tabTo(page, ".offer");
    await page.keyboard.press("Enter");
    await page.locator(".sources").waitFor();
    expect(await page.locator(".asked").last().locator("*").allTextContents()).toEqual([
      "You chose",
      "Regular, structured supervision",
    ]);
    expect(await hasFocus(page, ".reply")).toBe(1);
  });
});

describe("what a reply looks like", () => {
  test("an answer has a heading for each entry, numbered citations, and its sources below", async () => {
    const { page } = await stage.open();
    await ask(page, "answer");
    expect(await lastReply(page).locator("h4").allInnerTexts()).toEqual(["Supervision", "Training", "Sources", "Next"]);
    expect(await lastReply(page).locator(".prose").allInnerTexts()).toEqual([
      "Supervision should be regular.[1] A peer may give it.[1][2]",
      "Training should be offered.[3]",
    ]);
    expect(await page.locator(".cite").first().getAttribute("aria-label")).toBe(
      "Source 1: Author and Author (2020), Recommendations, sentence 1",
    );
    expect(await page.locator(".source").count()).toBe(3);
  });

  test("a list is a list of terms, each a button", async () => {
    const { page } = await stage.open();
    await ask(page, "list");
    expect(await page.locator("dt button").allInnerTexts()).toEqual(["First", "Second"]);
  });

  test("the crisis reply stands alone, takes the focus, and can be called and texted", async () => {
    const { page } = await stage.open();
    await ask(page, "crisis");
    expect(await page.locator('.log [role="alert"]').count()).toBe(0);
    expect(await hasFocus(page, ".crisis")).toBe(1);
    const [first = ""] = await page.locator(".crisis .say").allInnerTexts();
    expect(await page.getByRole("article", { name: first, exact: true }).count()).toBe(1);
    const places = ["Your organisation", "United Kingdom", "Canada", "??"];
    expect(await lastReply(page).locator("h4").allTextContents()).toEqual(["Numbers for", ...places]);
    expect(await lastReply(page).locator("button").allTextContents()).toEqual(places);
    const links = await page.evaluate(
      `[...document.querySelectorAll(".crisis a")].map((link) => link.getAttribute("href"))`,
    );
    expect(links).toEqual(["tel:12", "tel:999", "tel:5550100", "sms:555?body=HI", "https://example.org/line", "tel:1"]);
    await lastReply(page).getByRole("button", { name: "Canada" }).press("Enter");
    expect(await page.locator("h4:focus").textContent()).toBe("Canada");
  });

  test("what a reply says is text, never markup", async () => {
    const { page } = await stage.open();
    await page.route("**/api/turn", (route) =>
      route.fulfill({ json: { lane: "none", reply: { ...replies.note, say: "<img src=x onerror=alert(1)>" } } }),
    );
    await ask(page, "<b>bold</b>");
    expect(await lastReply(page).textContent()).toContain("<img src=x onerror=alert(1)>");
    expect(await page.locator(".log img, .log b").count()).toBe(0);
  });
});

test("the first screen says where answers come from, and stays true when a team adds sources", async () => {
  const { page } = await stage.open();
  const lead = page.locator(".lead");
  expect(await lead.textContent()).toMatch(
    /^Bearings answers from a published summary of one review: .* What its sources/,
  );
  const start = "**/api/start";
  await page.route(start, async (route) => {
    const first = await (await route.fetch()).json();
    await route.fulfill({ json: { ...first, sources: [...first.sources, ...first.sources] } });
  });
  await page.reload();
  await lead.getByText("Bearings answers from 2 named sources.").waitFor();
  expect(await page.locator(".about").count()).toBe(2);
  expect(await page.locator("body").innerText()).not.toMatch(/one (?:published )?review/);
});

describe("when it does not go well", () => {
  test("a lost connection leaves the question in the box, and asking again works", async () => {
    const { page } = await stage.open();
    await page.route("**/api/turn", (route) => route.abort());
    await page.locator("#question").fill("answer");
    await page.keyboard.press("Enter");
    const trouble = page.locator("#trouble");
    await trouble.getByText("Bearings could not be reached. Your question is still in the box.").waitFor();
    expect(await page.locator("#question").inputValue()).toBe("answer");
    expect(await page.locator(".asked").count()).toBe(0);
    await page.unroute("**/api/turn");
    await page.keyboard.press("Enter");
    await page.locator(".sources").waitFor();
    expect(await trouble.textContent()).toBe("");
  });

  test("an error of the server is told in its words", async () => {
    const { page } = await stage.open();
    await page.locator("#question").fill("fail");
    await page.keyboard.press("Enter");
    await page.getByText("Something went wrong in Bearings.").waitFor();
    expect(await page.locator("#question").inputValue()).toBe("fail");
  });

  test("a slow reply is announced, and a second question waits for it", async () => {
    const { page, requests } = await stage.open();
    await page.route("**/api/turn", async (route) => {
      await new Promise((resolve) => setTimeout(resolve, 900));
      await route.continue();
    });
    await page.locator("#question").fill("answer");
    await page.keyboard.press("Enter");
    await page.getByText("Looking it up").waitFor();
    await page.keyboard.press("Enter");
    await page.locator(".sources").waitFor();
    expect(requests.filter((url) => url.endsWith("/api/turn"))).toHaveLength(1);
    expect(await page.locator(".pending").count()).toBe(0);
  });

  test("a question may be longer than what is read for an answer, and the page says so", async () => {
    const { page } = await stage.open();
    await page.locator("#question").fill("x".repeat(1_850));
    expect(await page.locator("#count").textContent()).toBe("150 characters left");
    await page.locator("#question").focus();
    await page.keyboard.insertText("y".repeat(300));
    expect(await page.locator("#question").inputValue()).toHaveLength(2_150);
    expect(await page.locator("#count").textContent()).toContain("reads the first 2,000 characters");
  });

  test("what is left is said whenever a mark is passed, by a letter or by a paste, and only then", async () => {
    const { page } = await stage.open();
    const said = () => page.locator("#status").textContent();
    await page.locator("#question").focus();
    await page.keyboard.insertText("x".repeat(1_799));
    expect(await said()).toBe("");
    await page.keyboard.insertText("x");
    expect(await said()).toBe("200 characters left");
    await page.keyboard.insertText("x");
    expect(await said()).toBe("200 characters left");
    await page.keyboard.insertText("x".repeat(149));
    expect(await said()).toBe("50 characters left");
    await page.keyboard.insertText("x".repeat(500));
    expect(await said()).toContain("reads the first 2,000 characters");
  });

  test("the log is no longer busy when the reply comes into it", async () => {
    const { page } = await stage.open();
    await page.evaluate(`window.seen = []; new MutationObserver((all) => window.seen.push(...all.map((one) =>
      one.type === "attributes" ? "busy, then " + one.target.getAttribute("aria-busy")
        : [...one.addedNodes].map((node) => node.classList[1]).join()))).observe(document.querySelector("#log"),
      { attributes: true, attributeFilter: ["aria-busy"], childList: true })`);
    await ask(page, "note");
    const seen = await page.evaluate<readonly string[]>("window.seen");
    expect(seen.indexOf("busy, then false")).toBeGreaterThan(-1);
    expect(seen.indexOf("busy, then false")).toBeLessThan(seen.indexOf("reply"));
  });

  test("clearing the conversation brings the first screen back", async () => {
    const { page } = await stage.open();
    await ask(page, "answer");
    await page.locator("#clear").click();
    expect(await page.locator(".turn").count()).toBe(0);
    await page.locator(".example").first().waitFor();
    expect(await hasFocus(page, "#question")).toBe(1);
  });
});
