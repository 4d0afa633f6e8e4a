/** The web page in Chromium, with a server behind it and a record of all that it does beside answering. */
import { createRequire } from "node:module";
import type { Browser, BrowserContextOptions, Page } from "playwright-core";
import { type WebDoor, webRoutes } from "#adapters/web/chat.ts";
import type { OpenServer } from "#src/http.ts";
import type { Knowledge } from "#src/knowledge/entry.ts";
import type { Respond } from "#src/reply.ts";
import { openBrowser } from "./browser.ts";
import { openHere } from "./server.ts";

/** A page that has been opened: what it asked of the network, and what it or the browser wrote to the console. */
export type Opened = { readonly page: Page; readonly requests: readonly string[]; readonly said: readonly string[] };

/** A browser and a server. `open` gives a fresh page, with nothing kept from any other. */
export type Stage = {
  readonly server: OpenServer;
  readonly open: (options?: BrowserContextOptions) => Promise<Opened>;
  readonly close: () => Promise<void>;
};

// Put in before the page's own script, since the page's policy lets nothing in afterwards.
const axe = createRequire(import.meta.url).resolve("axe-core/axe.min.js");

/** Serves the page with this assistant behind it, in one browser. `more` is what the web door gets beside it. */
export async function openStage(
  respond: Respond,
  knowledge: Knowledge,
  more: Partial<Pick<WebDoor, "reminders" | "nowMs">> = {},
): Promise<Stage> {
  const server = await openHere({
    routes: webRoutes({ respond, knowledge: () => knowledge, nowMs: Date.now, ...more }),
    report: () => {},
  });
  const browser = await openBrowser();
  return {
    server,
    open: (options) => openPage(browser, server, options),
    close: async () => {
      await browser.close();
      await server.close();
    },
  };
}

async function openPage(browser: Browser, server: OpenServer, options: BrowserContextOptions = {}): Promise<Opened> {
  const context = await browser.newContext({
    viewport: { width: 1280, height: 860 },
    reducedMotion: "reduce",
    ...options,
  });
  await context.grantPermissions(["clipboard-read", "clipboard-write"]);
  await context.addInitScript({ path: axe });
  const page = await context.newPage();
  const requests: string[] = [];
  const said: string[] = [];
  page.on("request", (request) => requests.push(request.url()));
  page.on("console", (message) => said.push(message.text()));
  page.on("pageerror", (error) => said.push(error.message));
  await page.goto(server.url);
  await page.locator(".example").first().waitFor();
  return { page, requests, said };
}

/** Types a question and sends it with Enter, then waits for the reply to it. */
export async function ask(page: Page, question: string): Promise<void> {
  const before = await page.locator(".reply").count();
  await page.locator("#question").fill(question);
  await page.keyboard.press("Enter");
  await page.locator(".reply").nth(before).waitFor();
}

/** What axe-core finds wrong, one line each; its rules for the strictest contrast and for the size of targets are on. */
export async function violations(page: Page): Promise<readonly string[]> {
  const options = { rules: { "color-contrast-enhanced": { enabled: true }, "target-size": { enabled: true } } };
  const found = await page.evaluate<{ violations: { id: string; nodes: { target: string[] }[] }[] }>(
    `axe.run(document, ${JSON.stringify(options)})`,
  );
  return found.violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${target.join(" ")}`));
}
