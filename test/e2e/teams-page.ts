/** The Playground's page in Chromium, with what somebody does in it. */
import { join } from "node:path";
import type { Locator, Page } from "playwright-core";
import { openBrowser } from "../helpers/browser.ts";

export type TeamsPage = Awaited<ReturnType<typeof openTeamsPage>>;

// Long, because both cores may be busy.
const patienceMs = 20_000;

/** Opens the page. `shots` is a folder for pictures. */
export async function openTeamsPage(url: string, shots: string) {
  const browser = await openBrowser();
  const context = await browser.newContext({ viewport: { width: 1_400, height: 1_000 }, reducedMotion: "reduce" });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  // Fonts come from elsewhere, and nothing else is to.
  await page.route(
    ({ hostname }) => !/^(?:localhost|127\.0\.0\.1)$/.test(hostname),
    (route) => route.abort(),
  );
  await page.goto(url, { waitUntil: "domcontentloaded", timeout: 60_000 });
  const box = page.locator("div[role=textbox][contenteditable=true]").last();
  await box.waitFor({ timeout: 60_000 });
  let count = 0;
  async function shot(name: string): Promise<void> {
    count += 1;
    // Letters come a little after the element that holds them.
    await page.waitForTimeout(300);
    await page.screenshot({ path: join(shots, `${String(count).padStart(2, "0")}-${name}.png`) });
  }
  async function type(text: string): Promise<void> {
    await box.click();
    await page.keyboard.type(text);
    await page.keyboard.press("Enter");
  }
  return {
    page,
    shot,
    /** Goes to a chat or a channel by its name. */
    async goTo(name: string | RegExp): Promise<void> {
      await page.getByRole("treeitem", { name }).click();
      await page.waitForTimeout(500);
    },
    /** Writes, and waits until these words are there that were not before. */
    async say(text: string, expected: string | RegExp): Promise<void> {
      await appears(page, expected, () => type(text));
    },
    /** Writes to us by name, as one has to where several read along. */
    async mention(text: string, expected: string | RegExp): Promise<void> {
      await appears(page, expected, () => mention(page, box, text));
    },
    /** Presses the last button of this name, and waits for these words. */
    async press(name: string | RegExp, expected: string | RegExp): Promise<void> {
      await appears(page, expected, () => page.getByRole("button", { name }).last().click());
    },
    appears: (expected: string | RegExp, step: () => Promise<void>) => appears(page, expected, step),
    close: () => browser.close(),
  };
}

async function mention(page: Page, box: Locator, text: string): Promise<void> {
  await box.click();
  await page.keyboard.type("@Bea");
  // It moves while it opens.
  await page.waitForTimeout(500);
  await page.locator("#typeahead-menu").getByRole("menuitem", { name: "Bearings" }).click();
  await page.keyboard.type(` ${text}`);
  await page.keyboard.press("Enter");
}

/** Waits until there is one more of these words than before. */
async function appears(page: Page, expected: string | RegExp, step: () => Promise<void>): Promise<void> {
  const found = page.getByText(expected);
  const before = await found.count();
  await step();
  await found.nth(before).waitFor({ state: "attached" });
}
