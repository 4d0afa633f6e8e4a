/** T-18: what people type reaches no log, no error, no answer but their own, and no file; T-11: nothing of it acts. */

import { readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { join } from "node:path";
import fc from "fast-check";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test, vi } from "vitest";
import { type Call, openCall } from "#adapters/slack/api.ts";
import { createLog } from "#src/log.ts";
import { emptyFolder } from "../helpers/databases.ts";
import { type OpenDoor, openDoor } from "../helpers/slack/door.ts";
import {
  botMessage,
  directMessage,
  eventEnvelope,
  homeOpened,
  mention,
  messageChanged,
  messageDeleted,
} from "../helpers/slack/events.ts";
import { type FakeSlack, openFakeSlack } from "../helpers/slack/fake-slack.ts";
import type { Planned } from "../helpers/slack/faults.ts";
import {
  messageAction,
  pressInView,
  pressOnMessage,
  slashCommand,
  viewSubmission,
} from "../helpers/slack/interactions.ts";
import {
  deliverTo,
  type Signed,
  signedBody,
  signedEvent,
  signedForm,
  signedInteraction,
} from "../helpers/slack/signed.ts";
import { alice, botToken, channels } from "../helpers/slack/team.ts";

const dir = emptyFolder();
let fake: FakeSlack;
let door: OpenDoor;
beforeAll(async () => {
  fake = await openFakeSlack();
  door = await openDoor(fake, { where: { kind: "sqlite", dir } });
});
afterAll(async () => {
  await door.close();
  await fake.close();
});

/** All that was printed, by whatever way. */
const printed: string[] = [];
beforeEach(() => {
  for (const stream of [process.stdout, process.stderr])
    vi.spyOn(stream, "write").mockImplementation((part) => {
      printed.push(String(part));
      return true;
    });
  for (const name of ["log", "info", "warn", "error", "debug"] as const)
    vi.spyOn(console, name).mockImplementation((...parts) => void printed.push(parts.map(String).join(" ")));
});
afterEach(() => {
  vi.restoreAllMocks();
  fake.clear();
});

let count = 0;
const nextTs = () => `1700000400.${String(++count).padStart(6, "0")}`;

/** A word that occurs nowhere else. */
const canary = () => `zqx${String(++count).padStart(5, "0")}kvj`;
const pattern = /zqx\d{5}kvj/gi;

/** The canaries in these bytes: as they are, in UTF-16, and in base64 at each of its three offsets. */
function canariesIn(bytes: Buffer): readonly string[] {
  const plain = bytes.toString("latin1");
  const wide = plain.replaceAll("\0", "");
  const base64 = (plain.match(/[A-Za-z0-9+/_-]{16,}/g) ?? []).flatMap((run) =>
    [0, 1, 2, 3].map((skip) => Buffer.from(run.slice(skip), "base64").toString("latin1")),
  );
  return [plain, wide, ...base64].flatMap((text) => text.match(pattern) ?? []);
}

/** Everything that someone types or chooses, each with a canary in it, as Slack brings it. */
function everyWay(): readonly Signed[] {
  const typed = () => `who may supervise this work ${canary()} {"${canary()}`;
  const url = () => fake.responseUrl(channels.general, alice.id);
  const values = { b1: { reason: { type: "plain_text_input", value: canary() } } };
  const cut = (text: string) => text.slice(0, -20);
  return [
    signedEvent(eventEnvelope(directMessage({ text: typed(), ts: nextTs() }))),
    signedEvent(eventEnvelope(directMessage({ text: `I want to kill myself ${canary()}`, ts: nextTs() }))),
    signedEvent(eventEnvelope(directMessage({ text: `remind me of ${canary()} every Tuesday`, ts: nextTs() }))),
    signedEvent(eventEnvelope(directMessage({ text: "x", ts: nextTs(), more: { attachments: [{ text: canary() }] } }))),
    signedEvent(eventEnvelope(directMessage({ text: typed(), ts: nextTs(), more: { ts: canary() } }))),
    signedEvent(eventEnvelope(mention({ text: `<@U0BOT> ${typed()}`, ts: nextTs() }))),
    signedEvent(eventEnvelope(mention({ text: `<@U0BOT> ${typed()}`, ts: nextTs(), channel: channels.random }))),
    signedEvent(eventEnvelope(messageChanged({ text: typed(), before: canary(), ts: nextTs(), editedTs: nextTs() }))),
    signedEvent(eventEnvelope(messageDeleted({ text: typed(), ts: nextTs() }))),
    signedEvent(eventEnvelope(botMessage({ text: typed(), ts: nextTs() }))),
    signedEvent(eventEnvelope({ type: canary(), text: canary() })),
    signedInteraction(messageAction("look-up", { text: typed() }, { responseUrl: url() })),
    signedInteraction(messageAction("look-up", { text: typed(), channel: channels.random })),
    signedInteraction(messageAction(canary(), { text: typed() })),
    signedInteraction(pressOnMessage({ actionId: "press.0", value: canary() }, {}, { responseUrl: url() })),
    signedInteraction(pressOnMessage({ actionId: canary(), value: canary() })),
    signedInteraction(pressOnMessage({ actionId: "feedback", value: `up/${canary()}` }, { text: canary() })),
    signedInteraction(pressOnMessage({ actionId: "feedback", value: "down/training" }, { text: canary() })),
    signedInteraction(pressInView({ actionId: "sources", value: canary() }, { type: "home" })),
    signedInteraction(viewSubmission({ callbackId: "reasons", metadata: place(), values })),
    signedInteraction(viewSubmission({ callbackId: "reasons", metadata: canary(), values })),
    signedInteraction(viewSubmission({ callbackId: "share", metadata: canary() })),
    signedInteraction(viewSubmission({ callbackId: canary(), values })),
    signedInteraction(
      viewSubmission({ callbackId: "form", metadata: form, values: { f: { "field.about": values.b1.reason } } }),
    ),
    signedInteraction(viewSubmission({ callbackId: "form", metadata: canary(), values })),
    signedInteraction(
      pressInView({ actionId: "press.0", value: "r/list" }, { type: "modal", private_metadata: canary() }),
    ),
    signedEvent(eventEnvelope(homeOpened())),
    signedForm(slashCommand("/supervision", typed(), { more: { user_name: canary(), channel_name: canary() } })),
    signedForm(slashCommand(`/${canary()}`, typed())),
    signedBody(cut(JSON.stringify(eventEnvelope(directMessage({ text: typed() })))), "application/json"),
    signedBody(`payload=${canary()}`, "application/x-www-form-urlencoded"),
    signedBody(canary(), "text/plain"),
    signedBody(canary(), "application/json", { signature: "v0=0" }),
    signedForm({ ssl_check: "1", text: canary() }),
  ];
}

const form = JSON.stringify({ channel: null, token: "r/filled/new" });
const place = () => JSON.stringify({ place: `T01TEST:${channels.general}:1700000002.000100`, entries: ["training"] });

const echoes = (): readonly Planned[] => {
  const more = {
    detail: canary(),
    response_metadata: { messages: [canary()], warnings: [canary()] },
    needed: canary(),
  };
  return ["chat.postMessage", "chat.postEphemeral", "views.open", "users.info", "conversations.open"].map((method) => ({
    method,
    kind: "refused",
    error: "invalid_arguments",
    more,
    times: 3,
  }));
};

const url = () => `${door.server.url}slack/events`;

/** Everything that whoever runs the door may ever read. */
const read = (opened: OpenDoor) => Buffer.from([opened.logged(), opened.said(), printed.join("\n")].join("\n"));
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((file) => file.isFile())
    .map((file) => ({ name: file.name, found: canariesIn(readFileSync(join(file.parentPath, file.name))) }));

describe("T-18: no word of what people type", () => {
  test("is found in any log, file, answer or message, whatever way it came and whatever went wrong", async () => {
    for (let round = 0; round < 10; round += 1) {
      for (const fault of round % 2 === 0 ? [] : echoes()) fake.fail(fault);
      const answers = await Promise.all(everyWay().map((request) => deliverTo(url(), request)));
      for (const { text } of answers) expect(canariesIn(Buffer.from(text))).toEqual([]);
    }
    await expect.poll(() => fake.shown().length).toBeGreaterThan(3);
    expect(fake.posted().length).toBeGreaterThan(50);
    expect(canariesIn(Buffer.from(JSON.stringify([fake.calls(), fake.posted(), fake.shown()])))).toEqual([]);
    expect(canariesIn(read(door))).toEqual([]);
    expect(door.logged()).toContain("invalid_arguments");
    const files = filesIn(dir);
    expect(files.length).toBeGreaterThan(1);
    for (const { name, found } of files) expect({ name, found }).toEqual({ name, found: [] });
  });

  test("of a command is in an answer but that to the command itself", async () => {
    const word = canary();
    const { text } = await door.command(slashCommand("/bearings", `who may supervise ${word}`));
    expect(text).toContain(word);
    expect(canariesIn(read(door))).toEqual([]);
  });

  test("gets out by an error of a database that quotes it", async () => {
    const quoting = () => Promise.reject(Object.assign(new Error(canary()), { code: canary(), detail: canary() }));
    const broken = await openDoor(fake, {
      storage: {
        seen: { claim: quoting, done: quoting, release: quoting },
        votes: { put: quoting, reason: quoting, forget: quoting },
      },
      core: { reminders: { mine: quoting, forget: quoting, park: quoting, unpark: quoting } },
    });
    const at = `${broken.server.url}slack/events`;
    const answers = await Promise.all(everyWay().map((request) => deliverTo(at, request)));
    for (const { text } of answers) expect(canariesIn(Buffer.from(text))).toEqual([]);
    await broken.close();
    expect(broken.logged()).toContain("seen.unavailable");
    // A code is an identifier of the platform's by its form, so the one in this test is let through; no message is.
    expect(canariesIn(Buffer.from(broken.logged().replace(/"code":"[^"]*"/g, "")))).toEqual([]);
    expect(canariesIn(Buffer.from(`${broken.said()}${printed.join()}`))).toEqual([]);
  });

  test.each([200, 400, 500, 429])("gets out by an answer of status %i that quotes the whole call", async (status) => {
    const lines: string[] = [];
    const server = createServer((request, response) => {
      response.writeHead(status, { "content-type": "text/html", "x-slack-failure": canary() });
      request.on("data", (part) => response.write(part)).on("end", () => response.end(canary()));
    });
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    const apiUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`;
    const call: Call = openCall(botToken, { apiUrl, log: createLog((line) => lines.push(line), Date.now) });
    const called = await call("chat.postMessage", { channel: channels.dm, text: canary() });
    expect(canariesIn(Buffer.from(`${JSON.stringify(called)}${lines.join()}${printed.join()}`))).toEqual([]);
    expect(called.kind).not.toBe("ok");
    server.close();
  });
});

describe("T-11: what is typed", () => {
  const tricks = ["<!channel>", "<!here>", "<@U02BOB>", "<#C01GEN>", "<!subteam^S1>", "<https://evil.example|Slack>"];

  test("calls nobody and leads nowhere when a command shows it again", async () => {
    const part = fc.oneof(
      fc.constantFrom(...tricks, "*b*", "&lt;!channel&gt;", "\u202e", "\u0000", "\ud800"),
      fc.string(),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(part, { maxLength: 8 }), async (parts) => {
        const { text } = await door.command(slashCommand("/bearings", `ask ${parts.join(" ")}`));
        const body = JSON.parse(text) as { readonly text: string; readonly blocks: readonly unknown[] };
        const shown = [body.text, ...JSON.stringify(body.blocks).split('"')].join("\n");
        expect(shown).not.toMatch(/<[!@#]|<https:\/\/evil/);
        expect(body.text).not.toMatch(/[\p{Cf}\p{Cs}]|(?!\n)\p{Cc}/u);
      }),
      { numRuns: 200 },
    );
  });

  test("is not in what others see", async () => {
    const before = fake.posted().length;
    const text = `<@U0BOT> who may supervise this work ${tricks.join(" ")}`;
    await door.event(eventEnvelope(mention({ text, ts: nextTs() })));
    const [answer] = fake.posted().slice(before);
    expect(JSON.stringify(answer)).not.toMatch(/<[!@#]|evil/);
  });
});
