import type { Button, KnownBlock } from "@slack/types";
import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { isPressId } from "#adapters/slack/action-ids.ts";
import { weight } from "#adapters/slack/budget.ts";
import { draw } from "#adapters/slack/render.ts";
import { words } from "#adapters/slack/words.ts";
import type { Reply } from "#src/reply.ts";
import { matchesGolden } from "../helpers/golden.ts";
import { replies } from "../helpers/replies.ts";
import { openShipped } from "../helpers/shipped.ts";
import { anyReply, buttonsIn, faultsIn, shownIn } from "./drawn.ts";

const shipped = await openShipped();

const named = (name: string): Reply => {
  const reply = replies[name];
  if (reply === undefined) throw new Error(`no reply is called ${name}`);
  return reply;
};

const answerWith = (change: Partial<Extract<Reply, { kind: "answer" }>>): Reply => {
  const reply = named("answer");
  if (reply.kind !== "answer") throw new Error("not an answer");
  return { ...reply, ...change };
};

const toOne = (reply: Reply) => draw(reply, { audience: "one" });
const nameOf = ({ text }: Button) => text.text;
const actionsIn = (blocks: readonly KnownBlock[]) => buttonsIn(blocks).map(({ action_id }) => action_id);

describe("each kind of reply", () => {
  for (const [name, reply] of Object.entries(replies)) {
    test(`${name} is drawn as reviewed`, () =>
      matchesGolden(`slack/${name}.json`, JSON.stringify(toOne(reply), null, 2)));

    test(`${name} is within the limits, with words for screen readers and names for its buttons`, () => {
      const { text, blocks } = toOne(reply);
      expect(faultsIn(blocks)).toEqual([]);
      expect(text).not.toBe("");
      expect(`${text}${shownIn(blocks)}`).not.toMatch(/\p{Extended_Pictographic}|!/u);
    });
  }

  test("an answer that one person asked for by command begins with the question and can be shared", () =>
    matchesGolden(
      "slack/answer-to-command.json",
      JSON.stringify(
        draw(named("answer"), { audience: "one", share: true, asked: "who <!here> supervises?" }),
        null,
        2,
      ),
    ));
});

describe("an answer", () => {
  test("marks its sentences, and each mark and source leads to its https address", () => {
    const shown = shownIn(toOne(named("answer")).blocks);
    expect(shown).toContain("Supervision should be regular. <https://example.org/a|[1]>");
    expect(shown).toContain("[2] <https://example.org/a|Author and Author (2020), Recommendations, sentence 2>");
    expect(shown).toContain("Training should be offered. [3]");
  });

  test("has what can be done with it beside its sources, and other entries alone as related", () => {
    const buttons = [
      { label: "Themes", token: "show/themes" },
      { label: "Save for supervision", token: "r/save/supervision" },
    ];
    const { blocks } = draw(answerWith({ buttons }), { audience: "one", share: true });
    const rows = blocks.filter(({ type }) => type === "actions").map((row) => buttonsIn([row]).map(nameOf));
    expect(rows).toEqual([[words.openSources, words.share, "Save for supervision"], ["Themes"]]);
    // And nothing is called related where nothing is.
    expect(shownIn(toOne(answerWith({ buttons: buttons.slice(1) })).blocks)).not.toContain(words.related);
  });

  test("of our own accord has its own buttons together, and below them what else is said of it and saved topics", () => {
    const labels = ["Done", "Snooze 1 h", "Snooze to tomorrow", "Skip", "Change"];
    const buttons = [
      { label: "Themes", token: "show/themes" },
      ...labels.map((label) => ({ label, token: `r/${label}` })),
    ];
    const due = answerWith({ buttons, asides: ["Saved for supervision"] });
    const { blocks } = draw(due, { audience: "one", isOurs: true });
    const rows = blocks.filter(({ type }) => type === "actions").map((row) => buttonsIn([row]).map(nameOf));
    expect(rows).toEqual([labels, ["Themes"], [words.openSources]]);
    const shown = shownIn(blocks);
    const places = ["Change", "Saved for supervision", "Themes", words.sources].map((part) => shown.indexOf(part));
    expect(places).toEqual(places.toSorted((a, b) => a - b));
  });

  test("carries the token that shows it again, and votes on its entries", () => {
    const { blocks } = draw(named("answer"), { audience: "one", share: true });
    const own = buttonsIn(blocks).filter(({ action_id = "" }) => !isPressId(action_id));
    expect(own.map(({ action_id, value }) => [action_id, value])).toEqual([
      ["sources", "show/supervision"],
      ["share", "show/supervision"],
    ]);
    expect(JSON.stringify(blocks.at(-1))).toMatch(/"up\/supervision".*"down\/supervision"/);
  });

  test("is not offered for sharing where everyone sees it", () =>
    expect(actionsIn(draw(named("answer"), { audience: "all", share: true }).blocks)).not.toContain("share"));

  test("that is too long is cut after a sentence and says how to read the rest", () => {
    const body = Array.from(
      { length: 200 },
      (_, n) => `Sentence ${n} is one of a great many, and it goes on for a while.`,
    );
    const [first = "", ...others] = body;
    const segment = (text: string) => ({ text, cites: [1] as const, heading: null });
    const reply = answerWith({ body: [segment(first), ...others.map(segment)] });
    const { text, blocks } = toOne(reply);
    expect(faultsIn(blocks)).toEqual([]);
    expect(weight(blocks)).toBeGreaterThan(12_000);
    expect(shownIn(blocks)).toMatch(/for a while\. \[1\]\nThis is the first part of the answer\./);
    expect(actionsIn(blocks)).toContain("whole");
    expect(text).toContain("Sentence 199 ");
  });

  test("keeps its sources in the words beside the blocks where those are too long", () => {
    const body = { text: "A sentence that goes on. ".repeat(3_000), cites: [1] as const, heading: null };
    const { text } = toOne(answerWith({ body: [body] }));
    expect(text.length).toBeLessThanOrEqual(39_000);
    expect(text).toContain("…\n\nSources\n[1] Author and Author (2020)");
  });
});

describe("a reply to someone in danger", () => {
  const { text, blocks } = draw(named("crisis"), { audience: "one", share: true, asked: "my own words" });

  test("has its way out and no other button, no votes and nothing of what was typed", () => {
    expect(blocks.map(({ type }) => type)).not.toContain("context_actions");
    expect(JSON.stringify({ text, blocks })).not.toContain("my own words");
    const real = toOne(shipped.ask("I want to end my life").reply);
    expect(buttonsIn(real.blocks).map((button) => [button.text.text, button.value])).toEqual([
      ["This is not about risk now", "not-now"],
    ]);
  });

  test("has no link but a contact's own", () =>
    expect(JSON.stringify(blocks).match(/<https[^>]*>/g)).toEqual(["<https://example.org/line|example.org/line>"]));

  test.each(["*31# 555", "_555_ 0100", "0800:911:555", "`555`"])("shows the number %s as it is written", (call) => {
    const reply = named("crisis");
    if (reply.kind !== "crisis") throw new Error("not a reply to danger");
    const contacts = [{ name: "A line", country: "GB", call, text: null, url: null, hours: null }];
    const section = toOne({ ...reply, contacts }).blocks[1];
    expect(section).toEqual({
      type: "section",
      text: { type: "plain_text", text: `United Kingdom\n• A line: call ${call}`, emoji: false },
    });
  });

  test("names every contact that comes with Bearings", () => {
    const { reply } = shipped.ask("I want to end my life");
    const { blocks: real } = toOne(reply);
    const shown = shownIn(real);
    const numbers =
      reply.kind === "crisis" ? reply.contacts.flatMap(({ call, text: to }) => [call ?? [], to ?? []].flat()) : [];
    expect(numbers.filter((number) => !shown.includes(number))).toEqual([]);
    expect(numbers.length).toBeGreaterThan(10);
    expect(faultsIn(real)).toEqual([]);
  });
});

describe("what was typed", () => {
  const asked = `<!channel> <@U1> [a](javascript:b) ${"and so on ".repeat(60)}`;

  test("is shown again as text, cut, and leads nowhere", () => {
    const { text, blocks } = draw(named("note"), { audience: "one", asked });
    expect(shownIn(blocks.slice(0, 1))).toMatch(
      /^You asked: &lt;!channel&gt; &lt;@U1&gt; \[a\]\(javascript:b\) .{200,300}…$/,
    );
    expect(text).toMatch(/^You asked: &lt;!channel&gt;/);
    expect(faultsIn(blocks)).toEqual([]);
  });

  test("is left out where there was nothing", () =>
    expect(draw(named("note"), { audience: "one", asked: " " })).toEqual(toOne(named("note"))));
});

describe("a list", () => {
  test("that is too long says how to see the rest", () => {
    const row = (n: number) => ({
      title: `Row ${n}`,
      gist: "It matters. ".repeat(20),
      button: { label: "x", token: `show/${n}` },
    });
    const rows = Array.from({ length: 80 }, (_, n) => row(n));
    const { blocks } = toOne({ ...named("note"), kind: "list", why: "browse", rows });
    expect(faultsIn(blocks)).toEqual([]);
    const shown = buttonsIn(blocks).filter(({ value = "" }) => /^show\/\d+$/.test(value)).length;
    expect(shown).toBeGreaterThan(20);
    expect(shownIn(blocks)).toContain(words.moreRows(80 - shown));
  });
});

test("everything that comes with Bearings is drawn whole and within the limits", () => {
  const { entries } = shipped.knowledge();
  const tokens = ["start", "help", "about", "privacy", "browse", ...entries.map(({ id }) => `show/${id}`)];
  const lists = entries.flatMap(({ id, kind }) => [`browse/${id}`, `browse/${kind}`]);
  const drawn = [...tokens, ...lists].map((token) => ({ token, blocks: toOne(shipped.press(token).reply).blocks }));
  expect(drawn.flatMap(({ token, blocks }) => faultsIn(blocks).map((fault) => `${token}: ${fault}`))).toEqual([]);
  const cut = drawn.filter(({ blocks }) => actionsIn(blocks).includes("whole") || shownIn(blocks).includes("than fit"));
  expect(cut.map(({ token }) => token)).toEqual([]);
});

describe("any reply at all", () => {
  const options = fc.record({
    audience: fc.constantFrom("one" as const, "all" as const),
    share: fc.boolean(),
    asked: fc.constantFrom("", "<!channel>", "why? ".repeat(200)),
  });

  test("is drawn within the limits, keeps its buttons, and shows the source of every mark", () => {
    fc.assert(
      fc.property(anyReply, options, (reply, how) => {
        const { text, blocks } = draw(reply, how);
        if (blocks.length > 0) expect(faultsIn(blocks)).toEqual([]);
        expect(weight(blocks)).toBeLessThanOrEqual(13_000);
        expect(text !== "" && text.length <= 39_000 && !/[<>]/.test(text)).toBe(true);
        const values = buttonsIn(blocks).map(({ value }) => value);
        expect(reply.buttons.filter(({ token }) => !values.includes(token))).toEqual([]);
        if (reply.kind === "answer") expect(unsourced(blocks)).toEqual([]);
      }),
      { numRuns: 300 },
    );
  }, 60_000);
});

/** Marks in the body without a line among the sources. */
function unsourced(blocks: readonly KnownBlock[]): readonly string[] {
  const marks = (type: string, pattern: RegExp) =>
    shownIn(blocks.filter((block) => block.type === type)).match(pattern) ?? [];
  const listed = new Set(marks("context", /^\[\d+\]/gm));
  const used = marks("section", /\[\d+\]/g);
  return used.length === 0 ? ["no mark at all"] : used.filter((mark) => !listed.has(mark));
}
