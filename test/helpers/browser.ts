/** Chromium for tests: an installed one first, else the one that test/peers brings. */
import { existsSync } from "node:fs";
import { createRequire } from "node:module";
import { pathToFileURL } from "node:url";
import { type Browser, chromium } from "playwright-core";

const usual = [
  "/usr/bin/google-chrome",
  "/usr/bin/google-chrome-stable",
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/snap/bin/chromium",
  "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
  "/Applications/Chromium.app/Contents/MacOS/Chromium",
  "C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe",
  "C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe",
];

// So that a request to another host in a test is one of the page's, never the browser's own.
const quiet = ["--disable-background-networking", "--disable-component-update", "--disable-quic", "--disable-sync"];

/** Opens Chromium without a window. `CHROME_PATH` names one to use. */
export async function openBrowser(): Promise<Browser> {
  const installed = [process.env.CHROME_PATH ?? "", ...usual].find((path) => path !== "" && existsSync(path));
  // Containers often run tests as root, which Chromium's sandbox refuses.
  const asRoot = process.getuid?.() === 0 ? ["--no-sandbox"] : [];
  // Its own list of arguments is left out: one process for all ends with the first context, and web security stays on.
  const executablePath = installed ?? (await (await packedChromium()).executablePath());
  return chromium.launch({ executablePath, args: [...quiet, ...asRoot], headless: true });
}

type Packed = { readonly executablePath: () => Promise<string> };

async function packedChromium(): Promise<Packed> {
  if (process.platform !== "linux" || process.arch !== "x64")
    throw new Error("No Chrome or Chromium was found. Install one, or set CHROME_PATH to one.");
  // It brings libnss3 and libnspr4, which bare machines lack, but unpacks them only where it believes to be in a Lambda.
  process.env.AWS_EXECUTION_ENV ??= "AWS_Lambda_nodejs22.x";
  const path = createRequire(new URL("../peers/package.json", import.meta.url)).resolve("@sparticuz/chromium");
  const { default: packed } = (await import(pathToFileURL(path).href)) as { default: Packed };
  return packed;
}
