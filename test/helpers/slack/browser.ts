/** local-slack's page in Chromium, used as a person would: by names on buttons and words in a box. */
import type { Browser, Locator, Page } from "playwright-core";
import { openBrowser } from "../browser.ts";

/** The page as one person has it open. */
export type SlackPage = {
  readonly page: Page;
  /** Opens a channel by its name, or a direct message by the name of its person. Direct messages show once they exist. */
  readonly openConversation: (name: string) => Promise<void>;
  /** Sends a message, or a command when it begins with a slash. */
  readonly send: (text: string) => Promise<void>;
  /** Mentions the bot by its handle, and sends it with this text. */
  readonly mention: (text: string) => Promise<void>;
  /** Waits for a reply to the newest message that holds these words, and opens its thread. Gives the thread's pane. */
  readonly openThread: (words: string) => Promise<Locator>;
  /** Presses the newest button of this name, in the thread's pane where one is open, else in the conversation. */
  readonly press: (name: string) => Promise<void>;
  readonly openHome: () => Promise<Locator>;
  /** Waits for a window, and gives it. */
  readonly modal: () => Promise<Locator>;
  /** Presses the window's main button, or its other one. */
  readonly submit: () => Promise<void>;
  readonly dismiss: () => Promise<void>;
  /** Messages that can be seen, oldest first, each with its words as they are drawn. */
  readonly shown: () => Promise<readonly string[]>;
  /** Requests to anywhere but this computer, and errors of the page. */
  readonly trouble: () => readonly string[];
  /** Writes a picture of the window to this path, which ends in `.png`. */
  readonly picture: (path: string) => Promise<void>;
  readonly close: () => Promise<void>;
};

export type SlackPageOptions = {
  /** Default: a browser of its own. */
  readonly browser?: Browser;
  readonly width?: number;
  readonly height?: number;
};

// Drawn within milliseconds, unless both cores are busy.
const patienceMs = 15_000;

/** Opens the page of the local Slack at `url`. */
export async function openSlackPage(url: string, options: SlackPageOptions = {}): Promise<SlackPage> {
  const browser = options.browser ?? (await openBrowser());
  const { width = 1280, height = 900 } = options;
  const context = await browser.newContext({ viewport: { width, height } });
  const page = await context.newPage();
  page.setDefaultTimeout(patienceMs);
  const trouble: string[] = [];
  page.on("pageerror", ({ message }) => trouble.push(message));
  page.on("request", (request) => {
    const { hostname, protocol } = new URL(request.url());
    if (protocol !== "data:" && hostname !== "127.0.0.1") trouble.push(request.url());
  });
  await page.goto(url);
  await page.locator(".sidebar-item").first().waitFor();
  const composer = page.locator("textarea.composer-input").first();
  const thread = page.locator(".thread-pane");
  const inSidebar = (name: string | RegExp) => page.locator(".sidebar-item", { hasText: name }).first();
  return {
    page,
    openConversation: (name) => inSidebar(name).click(),
    async send(text) {
      await composer.fill(text);
      // A slash opens a list of commands, and the first Enter would pick from it.
      await page.keyboard.press("Enter");
      if ((await composer.inputValue()) !== "") await page.keyboard.press("Enter");
    },
    async mention(text) {
      // A handle that is typed out becomes a mention when it is sent. Picking it from the list moves the cursor a moment
      // later, into the middle of what is typed next.
      await composer.fill(`@bearings ${text}`);
      await page.keyboard.press("Enter");
    },
    async openThread(words) {
      const root = page.locator(".msg:not(.thread-pane .msg)", { hasText: words }).last();
      await root.locator(".thread-summary").click();
      await thread.waitFor();
      return thread;
    },
    async press(name) {
      const within = (await thread.count()) > 0 ? thread : page.locator("body");
      await within.getByRole("button", { name }).last().click();
    },
    async openHome() {
      await inSidebar("🏠").click();
      const home = page.locator(".home-inner");
      await home.locator(".blocks").waitFor();
      return home;
    },
    async modal() {
      const modal = page.locator(".modal");
      await modal.waitFor();
      return modal;
    },
    submit: () => page.locator(".modal-foot .primary").click(),
    dismiss: () => page.locator(".modal-x").click(),
    shown: () => page.locator(".msg .msg-body").allInnerTexts(),
    trouble: () => trouble,
    picture: async (path) => void (await page.screenshot({ path })),
    async close() {
      await context.close();
      if (options.browser === undefined) await browser.close();
    },
  };
}
