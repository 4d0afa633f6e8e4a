/** Questions of the bank through a real local-slack: what it shows is what the assistant said, by Socket Mode and over HTTP. */
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { loadBank } from "#src/knowledge/load.ts";
import { outcomeOf, plain } from "#src/plain.ts";
import type { Reply } from "#src/reply.ts";
import { openShipped, shippedFolder } from "../helpers/shipped.ts";
import { alice, channels, type Json, listOf, objectOf, textOf, us } from "../helpers/slack/team.ts";
import { whereLocalSlackIs } from "../helpers/slack/where-local.ts";
import { buttonsOf, type Mode, modes, openPlay, type Play } from "./on-stage.ts";

const { bank } = await loadBank([shippedFolder]);
const { ask: askCore } = await openShipped();
const perKind = 7;

/** Some of each kind, spread over the whole bank. */
const questions = [...Map.groupBy(bank?.questions ?? [], ({ want }) => want).values()].flatMap((ofKind) =>
  ofKind.filter((_, at) => at % Math.ceil(ofKind.length / perKind) === 0),
);

/** Replies with more to them than most: quiet lines beside an answer, and two answers in one. */
const fuller = [
  "who may supervise and what are the three themes",
  "how do I talk about suicide with a client, and what does the review say about training",
].map((ask) => ({ ask, want: "fuller" }));

whereLocalSlackIs("questions of the bank in local-slack, by socket and over http", () => {
  describe.each(modes)("in local-slack, by %s,", shown);
});

function shown(mode: Mode): void {
  let play: Play;
  let channel: string;
  beforeAll(async () => {
    play = await openPlay(mode);
    channel = await play.slack.control.dm(alice.id);
  });
  afterAll(() => play?.close());

  test("there are a few dozen questions, and they lead to replies of every kind", () => {
    expect(questions.length).toBeGreaterThan(36);
    const kinds = new Set(questions.map(({ ask }) => outcomeOf(askCore(ask).reply)));
    expect([...kinds].sort()).toEqual(["abstention", "answer", "choices", "crisis", "note"]);
  });

  test.each([...questions, ...fuller])("$want: $ask", async ({ ask }) => {
    const before = (await play.said(channel)).length;
    const ts = await play.slack.control.message(channel, alice.id, ask);
    const [message = {}, ...more] = (await play.saidAtLeast(before + 1, channel)).slice(before);
    expect(more).toEqual([]);
    const reply = play.heard.get(ts);
    if (reply === undefined) throw new Error("the assistant was not asked");
    expect(reply).toMatchObject(withoutAsides(askCore(ask).reply));
    expect(unescaped(textOf(message.text))).toBe(plain(reply));
    expect(readable(message, reply)).toEqual(asSaid(reply));
    expect(addressesIn(message)).toEqual(addressesOf(reply));
  });

  test("a question with a client's details is answered to its asker alone, with a field that holds the rest of it", async () => {
    const text = `<@${us.botUser}> my client Ana Example, born 12.03.1990, has nightmares: what does the review say about training`;
    await play.slack.control.message(channels.general, alice.id, text);
    const [message = {}] = await play.saidAtLeast(1, channels.general);
    expect(message.ephemeral_to).toBe(alice.id);
    const field = listOf(message.blocks).find(({ type }) => type === "input");
    const value = "my client has nightmares: what does the review say about training";
    expect(objectOf(field?.element).initial_value).toBe(value);
    expect(JSON.stringify(message)).not.toMatch(/Ana|1990/);
  });
}

/** The zone that a reminder is read in is known to Slack alone, and said beside it. */
const withoutAsides = ({ asides: _, ...reply }: Reply) => reply;

/** Paragraphs of a message as a person reads them, and the names of its buttons, without those of this door. */
function readable(message: Json, reply: Reply): readonly string[] {
  const blocks = listOf(message.blocks).flatMap((block) => [block.text, ...listOf(block.elements)]);
  const texts = blocks.map(objectOf).filter(({ type }) => type === "mrkdwn" || type === "plain_text");
  const lines = texts.flatMap(({ type, text }) => {
    const styled = textOf(text);
    return (type === "mrkdwn" ? unescaped(unstyled(styled, reply)) : styled).split("\n");
  });
  const labels = buttonsOf(message)
    .filter(({ action_id }) => textOf(action_id).startsWith("press."))
    .map(({ text }) => textOf(objectOf(text).text));
  return [...lines.map((line) => line.trim()).filter((line) => line !== "" && line !== "Related"), ...labels];
}

/** The same of the reply: `plain` without the numbers of buttons and, in answers, without addresses, which are links here. */
function asSaid(reply: Reply): readonly string[] {
  const lines = plain({ ...reply, buttons: [] })
    .split("\n")
    .map((line) => line.trim());
  const read = reply.kind === "answer" ? lines.filter((line) => !line.startsWith("https:")) : lines;
  // What to do first is said once more at the end, which is what a chat shows of a long message.
  const again = reply.kind === "crisis" ? [reply.say.split("\n")[0] ?? ""] : [];
  return [...read.filter((line) => line !== ""), ...again, ...reply.buttons.map(({ label }) => label)];
}

const link = /<(https:[^|>]+)\|([^>]+)>/g;

/** Without links, bold and bullets. A crisis reply shows its addresses, shortened; `plain` has them whole. */
const unstyled = (text: string, { kind }: Reply): string =>
  text
    .replace(link, (_whole, to: string, label: string) => (kind === "crisis" ? to.replace(/\/$/, "") : label))
    .replace(/^\*(.+)\*$/gm, "$1")
    .replace(/^• /gm, "");

const unescaped = (text: string): string =>
  text.replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&amp;", "&");

/** Every mark that is a link, with where it leads, in order; at the sentences first, then in the list of sources. */
function addressesIn(message: Json): readonly string[] {
  const texts = listOf(message.blocks)
    .flatMap((block) => [block.text, ...listOf(block.elements)])
    .map(objectOf);
  return texts.flatMap(({ text }) => [...textOf(text).matchAll(link)].map(([, to = ""]) => to));
}

function addressesOf(reply: Reply): readonly string[] {
  if (reply.kind === "crisis") return reply.contacts.flatMap(({ url }) => url ?? []).map((url) => new URL(url).href);
  if (reply.kind !== "answer") return [];
  const of = (n: number) => reply.citations.find((one) => one.n === n)?.url ?? [];
  return [...reply.body.flatMap(({ cites }) => cites.flatMap(of)), ...reply.citations.flatMap(({ url }) => url ?? [])];
}
