/** The Teams app, held against Microsoft's own schema and against what the door does. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { AppManifestUtils } from "@microsoft/app-manifest";
import { afterAll, describe, expect, test, vi } from "vitest";
import { saidBy } from "#adapters/teams/commands.ts";
import { botCommands, extensionCommands, invokes } from "#adapters/teams/needs.ts";
import { parseActivity } from "#adapters/teams/parse.ts";
import { reveal } from "#src/turn.ts";
import { type TeamsOptions, teamsJson, teamsManifest, template } from "../../manifest/teams.ts";
import { openShipped } from "../helpers/shipped.ts";
import { chosenOn, openedFrom, searched } from "../helpers/teams/activities.ts";

const options: TeamsOptions = {
  appId: "11111111-2222-4333-8444-555555555555",
  developer: "Example Trust",
  websiteUrl: "https://example.org/bearings",
  privacyUrl: "https://example.org/privacy",
  termsUrl: "https://example.org/terms",
};
const good = teamsManifest(options);
const [bot] = good.bots;
const [extension] = good.composeExtensions;
if (bot === undefined || extension === undefined) throw new Error("The manifest has no bot or no message extension.");

const scratch = mkdtempSync(join(tmpdir(), "bearings-manifest-"));
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

/** What Microsoft's own validator has against a manifest. */
async function faultsOf(text: string): Promise<readonly string[]> {
  const file = join(scratch, "manifest.json");
  writeFileSync(file, text);
  try {
    const [, faults] = await AppManifestUtils.readAndValidateTeamsManifest(file);
    return faults;
  } catch (error) {
    // What it cannot even read it throws at.
    return [String(error).slice(0, 200)];
  }
}

describe("the manifest", () => {
  test("is valid by Microsoft's own schema, without the network", async () => {
    const connect = vi.spyOn(Socket.prototype, "connect");
    const asked = vi.spyOn(globalThis, "fetch");
    expect(await faultsOf(teamsJson(options))).toEqual([]);
    expect([connect.mock.calls.length, asked.mock.calls.length]).toEqual([0, 0]);
    vi.restoreAllMocks();
  });

  test("is of a numbered version, and so of none in preview", () => {
    expect(good.manifestVersion).toMatch(/^\d+\.\d+$/);
    expect(good.$schema).toContain(`/v${good.manifestVersion}/`);
    // Microsoft's schema takes any words here; Teams does not.
    expect(good.version).toMatch(/^\d+\.\d+\.\d+$/);
  });

  test("has one id for app, bot and message extension, and the pages of the organisation", () => {
    expect(new Set([good.id, bot.botId, extension.botId])).toEqual(new Set([options.appId]));
    expect(good.developer).toEqual({
      name: "Example Trust",
      websiteUrl: "https://example.org/bearings",
      privacyUrl: "https://example.org/privacy",
      termsOfUseUrl: "https://example.org/terms",
    });
  });

  test("asks for no consent to read, no domain, no sign-in, no device, no files", () => {
    expect(Object.keys(good).filter((key) => /authorization|webApplicationInfo|devicePermissions/.test(key))).toEqual(
      [],
    );
    expect(good).toMatchObject({ permissions: ["messageTeamMembers"], validDomains: [] });
    expect(bot).toMatchObject({ supportsFiles: false, isNotificationOnly: false });
  });

  test("keeps to the house's words: no exclamation marks, no emoji", () => {
    expect(JSON.stringify(good)).not.toMatch(/!|\p{Emoji_Presentation}/u);
  });
});

test("the template in the repository is what the code makes, and Teams refuses it as it stands", async () => {
  const committed = readFileSync(new URL("../../manifest/teams/manifest.json", import.meta.url), "utf8");
  expect(JSON.parse(committed)).toEqual(teamsManifest(template));
  const faults = await faultsOf(committed);
  expect(faults.join("\n")).toMatch(/\/id .*pattern/);
});

describe("everything that it offers is done", () => {
  test("each command leads somewhere, and each question to start with is answered", async () => {
    const { ask, stop } = await openShipped();
    const led = bot.commandLists.flatMap(({ commands }) =>
      commands.map(({ title, ...rest }) => {
        const said = saidBy("prompt" in rest ? rest.prompt : title);
        if (said.kind === "pressed") return { title, to: said.token };
        if (said.kind !== "text") return { title, to: said.kind };
        const words = reveal(said.text);
        return { title, to: words.startsWith("/supervision ") ? "reminders" : ask(words).reply.kind };
      }),
    );
    stop();
    const to = Object.fromEntries(led.map(({ title, to }) => [title, to]));
    expect(botCommands.map(({ title }) => to[title])).toEqual([
      "help",
      "browse/theme",
      "reminders",
      "reminders",
      "about",
      "privacy",
    ]);
    const starters = led.filter(({ title }) => !botCommands.some((command) => command.title === title));
    expect(new Set(starters.map(({ title }) => title)).size).toBe(4);
    expect(starters.filter((starter) => starter.to !== "answer")).toEqual([]);
  });

  test("every place that it may be added to has the commands", () => {
    expect(bot.commandLists.flatMap((list) => list.scopes)).toEqual(bot.scopes);
  });

  // What each sends, as Teams sends it, by the contexts that it is offered in.
  test.each(extensionCommands)("$title is read as what it is", ({ id, type, context }) => {
    const read = context.map((where) => {
      if (type === "query") return parseActivity(searched("supervision"))?.kind;
      const opened = parseActivity(where === "message" ? chosenOn(id, "<p>supervision</p>") : openedFrom(id));
      return opened?.kind === "open" ? opened.command : opened?.kind;
    });
    expect(new Set(read)).toEqual(new Set([type === "query" ? "query" : id]));
  });

  test("what opens a dialog is what the table has, and no more", () => {
    const source = readFileSync(new URL("../../adapters/teams/extension.ts", import.meta.url), "utf8");
    const opened = [...source.matchAll(/opened\.command [!=]== "(\w+)"/g)].map(([, id]) => id);
    const declared = extensionCommands.filter(({ type }) => type === "action").map(({ id }) => id);
    expect(opened.toSorted()).toEqual(declared.toSorted());
  });

  test("every invoke that is read is in the table, and what it takes is declared", () => {
    const source = readFileSync(new URL("../../adapters/teams/parse-invoke.ts", import.meta.url), "utf8");
    const read = [...source.matchAll(/\["(\w+\/\w+)", parse/g)].map(([, name]) => name);
    expect(read.toSorted()).toEqual(Object.keys(invokes).toSorted());
    const declared = new Set(["bot", ...extension.commands.map(({ type }) => type)]);
    expect(Object.values(invokes).filter(({ declaredBy }) => !declared.has(declaredBy))).toEqual([]);
  });
});

// Each is a slip that somebody could make.
describe("Microsoft's validator refuses", () => {
  const bots = (change: object) => ({ ...good, bots: [{ ...bot, ...change }] });
  const list = (commands: readonly object[]) => bots({ commandLists: [{ scopes: ["personal"], commands }] });
  const offer = (change: object) => ({
    ...good,
    composeExtensions: [{ ...extension, commands: [{ ...extension.commands[0], ...change }] }],
  });
  test.each([
    ["a key that it does not know", { ...good, extra: true }, 'key "extra"'],
    ["a name of 31 characters", { ...good, name: { short: "x".repeat(31), full: "x" } }, "/name/short"],
    ["a short description of 81", { ...good, description: { short: "x".repeat(81), full: "x" } }, "/description/short"],
    ["a description of 4,001", { ...good, description: { short: "x", full: "x".repeat(4_001) } }, "/description/full"],
    [
      "an organisation of 33 characters",
      { ...good, developer: { ...good.developer, name: "x".repeat(33) } },
      "/developer",
    ],
    ["a page without https", { ...good, developer: { ...good.developer, privacyUrl: "example.org" } }, "/developer"],
    ["a colour that is a word", { ...good, accentColor: "teal" }, "/accentColor"],
    ["an id that is none", { ...good, id: "bearings" }, "/id"],
    ["a bot with another sort of id", bots({ botId: "28:bearings" }), "/bots/0/botId"],
    ["a place that there is not", bots({ scopes: ["everywhere"] }), 'key "bots"'],
    ["a right that there is not", { ...good, permissions: ["admin"] }, 'key "permissions"'],
    ["a thirteenth command", list(Array(13).fill({ title: "x", description: "x" })), "/bots/0/commandLists"],
    ["a command without a title", list([{ description: "x" }]), 'key "bots"'],
    ["a misspelt kind of command", list([{ title: "x", type: "question" }]), 'key "bots"'],
    ["a look-up without an id", offer({ id: undefined }), 'key "composeExtensions"'],
    ["a look-up's title of 33 characters", offer({ title: "x".repeat(33) }), "/composeExtensions"],
    ["a look-up in a place that there is not", offer({ context: ["sidebar"] }), 'key "composeExtensions"'],
  ])("%s", async (_name, manifest, at) => {
    const faults = await faultsOf(JSON.stringify(manifest));
    expect(faults.join("\n")).toContain(at);
    expect(faults.length).toBeGreaterThan(0);
  });
});
