import type { Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { openKnowledge } from "../helpers/assistant.ts";
import { ask, openStage, type Stage, violations } from "../helpers/page.ts";
import { scripted } from "../helpers/scripted.ts";

let stage: Stage;

beforeAll(async () => {
  const knowledge = await openKnowledge();
  stage = await openStage(scripted, knowledge);
});
afterAll(() => stage?.close());

/** Every state that the page can be in, and how to bring it there. */
const states: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  "first screen": async () => {},
  answer: (page) => ask(page, "answer"),
  choices: (page) => ask(page, "choices"),
  abstention: (page) => ask(page, "abstention"),
  note: (page) => ask(page, "note"),
  list: (page) => ask(page, "list"),
  form: (page) => ask(page, "form"),
  crisis: (page) => ask(page, "crisis"),
  "several turns": async (page) => {
    for (const name of ["answer", "abstention", "list", "crisis", "note"]) await ask(page, name);
  },
  source: async (page) => {
    await ask(page, "answer");
    await page.locator(".cite").first().click();
    await page.locator(".apa").waitFor();
  },
  "a long word": (page) => ask(page, "x".repeat(1_900)),
  trouble: async (page) => {
    await page.route("**/api/turn", (route) => route.abort());
    await page.locator("#question").fill("x".repeat(1_950));
    await page.keyboard.press("Enter");
    await page.getByText("could not be reached").waitFor();
  },
};

const schemes = ["light", "dark"] as const;

for (const [name, bring] of Object.entries(states)) {
  test(`axe-core finds nothing wrong with: ${name}`, async () => {
    const { page } = await stage.open();
    await bring(page);
    for (const colorScheme of schemes) {
      await page.emulateMedia({ colorScheme });
      expect(await violations(page), colorScheme).toEqual([]);
    }
    await page.context().close();
  });

  test(`320 px are wide enough for: ${name}`, async () => {
    const { page } = await stage.open({ viewport: { width: 320, height: 640 } });
    await bring(page);
    expect(await page.evaluate("document.documentElement.scrollWidth")).toBe(320);
    expect(await violations(page)).toEqual([]);
    const cut = `[...document.querySelectorAll("button, a, p, h1, h2, h3, h4, textarea")]
      .filter((one) => one.getBoundingClientRect().right > 320.5).map((one) => one.className)`;
    expect(await page.evaluate(cut)).toEqual([]);
    await page.context().close();
  });
}

describe("narrow", () => {
  test("browsing is folded away, and opens with the keyboard", async () => {
    const { page } = await stage.open({ viewport: { width: 320, height: 640 } });
    expect(await page.locator("#browse-panel").isVisible()).toBe(false);
    await page.locator("#disclose").focus();
    await page.keyboard.press("Enter");
    expect(await page.locator("#browse-panel").isVisible()).toBe(true);
    expect(await page.locator("#disclose").getAttribute("aria-expanded")).toBe("true");
    expect(await violations(page)).toEqual([]);
    await page.locator(".browse-row").first().click();
    await page.locator(".reply").waitFor();
    expect(await page.locator("#browse-panel").isVisible()).toBe(false);
  });

  test("the box does not cover what is read in a low window, such as one zoomed to 200 %", async () => {
    const { page } = await stage.open({ viewport: { width: 640, height: 430 } });
    await ask(page, "answer");
    expect(await page.evaluate('getComputedStyle(document.querySelector("#ask")).position')).toBe("static");
  });
});

describe("dark, light and forced colours", () => {
  test("the page follows the scheme of the system", async () => {
    const ground = async (colorScheme: "light" | "dark") => {
      const { page } = await stage.open({ colorScheme });
      return page.evaluate("getComputedStyle(document.body).backgroundColor");
    };
    expect(await ground("light")).not.toBe(await ground("dark"));
  });

  test("controls keep an edge where the system chooses the colours", async () => {
    const { page } = await stage.open({ forcedColors: "active" });
    await ask(page, "answer");
    const edges = `[...document.querySelectorAll(".send, textarea, .chip")]
      .map((one) => getComputedStyle(one).borderTopStyle)`;
    expect(await page.evaluate(edges)).not.toContain("none");
  });

  test("nothing moves for those who asked for less motion", async () => {
    const { page } = await stage.open({ reducedMotion: "reduce" });
    expect(await page.evaluate("getComputedStyle(document.documentElement).scrollBehavior")).toBe("auto");
  });
});
