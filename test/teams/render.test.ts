import { describe, expect, test } from "vitest";
import { verbs } from "#adapters/teams/actions.ts";
import { sizeOf } from "#adapters/teams/budget.ts";
import { draw, drawCard } from "#adapters/teams/render.ts";
import { words } from "#adapters/teams/words.ts";
import type { Answer, Reply } from "#src/reply.ts";
import { matchesGolden } from "../helpers/golden.ts";
import { replies } from "../helpers/replies.ts";
import { openShipped } from "../helpers/shipped.ts";
import { buttonsIn, claimsIn, faultsIn, faultsInCard, ofType, shownIn } from "./drawable.ts";

const shipped = await openShipped();
const gistOf = (id: string) => shipped.knowledge().passages.get(id)?.gist ?? null;

const named = <K extends Reply["kind"]>(name: string, kind: K): Extract<Reply, { kind: K }> => {
  const reply = replies[name];
  if (reply?.kind !== kind) throw new Error(`no ${kind} is called ${name}`);
  return reply as Extract<Reply, { kind: K }>;
};
const answerWith = (change: Partial<Answer>): Answer => ({ ...named("answer", "answer"), ...change });
const toOne = (reply: Reply) => draw(reply, { audience: "one", gistOf });
const cardIn = (reply: Reply) => toOne(reply).attachments[0]?.content;
const titlesIn = (part: unknown) => buttonsIn(part).map(({ title }) => title);

describe("each kind of reply", () => {
  for (const [name, reply] of Object.entries(replies)) {
    test(`${name} is drawn as reviewed`, () =>
      matchesGolden(
        `teams/${name}.json`,
        JSON.stringify({ message: toOne(reply), card: drawCard(reply, { audience: "one" }) }, null, 2),
      ));

    test(`${name} is within the limits, as a message and as a card, with words for telephones and screen readers`, () => {
      const message = toOne(reply);
      const card = drawCard(reply, { audience: "one" });
      expect([...faultsIn(message, reply), ...faultsInCard(card, reply)]).toEqual([]);
      expect(`${message.text}${message.summary}${shownIn(message)}${shownIn(card)}`).not.toMatch(
        /\p{Extended_Pictographic}|!/u,
      );
    });
  }
});

describe("an answer", () => {
  test("is its sentences with their marks under their headings, then what is said beside them", () => {
    const { text, summary, asksVote } = toOne(named("answer", "answer"));
    expect(text).toBe(
      "**Supervision**\n\nSupervision should be regular. [1] A peer may give it. [1][2]\n\n**Training**\n\nTraining should be offered. [3]\n\nPlease leave out names and other details of clients.",
    );
    expect({ summary, asksVote }).toEqual({ summary: "Supervision should be regular.", asksVote: true });
  });

  test("has below it its sources, what can be done with it, and other entries as related", () => {
    const buttons = [
      { label: "Themes", token: "show/themes" },
      { label: "Save for supervision", token: "r/save/supervision" },
    ];
    const card = cardIn(answerWith({ buttons }));
    expect(titlesIn(card)).toEqual([words.openSources, "Save for supervision", "Themes"]);
    const [sources] = buttonsIn(card);
    expect(sources?.data).toEqual({ verb: verbs.sources, token: "show/supervision" });
    expect(shownIn(card)).toBe(
      "Sources\n[1] Author and Author (2020), Recommendations, sentence 1\n[2] Author and Author (2020), Recommendations, sentence 2\n[3] Author and Author (2020), Recommendations, sentence 3\nRelated",
    );
    expect(shownIn(cardIn(answerWith({ buttons: [] })))).not.toContain(words.related);
  });

  test("names what it is about where that is wished for and no heading does", () => {
    const options = { audience: "one", titled: true } as const;
    expect(draw(named("answer-of-one-sentence", "answer"), options).text).toMatch(
      /^\*\*Regular, structured supervision\*\*\n\n/,
    );
    expect(draw(named("answer", "answer"), options).text).toMatch(/^\*\*Supervision\*\*\n\n/);
    expect(shownIn(drawCard(named("answer-of-one-sentence", "answer"), options))).toMatch(
      /^Regular, structured supervision\n/,
    );
  });

  test("that is too long is cut after a sentence, shows the sources of what is left, and says how to read the rest", () => {
    const segment = (n: number) => ({
      text: `Sentence ${n} is one of a great many, and it goes on for a while.`,
      cites: [1] as const,
      heading: null,
    });
    const body = [segment(0), ...Array.from({ length: 500 }, (_, n) => segment(n + 1))] as const;
    const reply = answerWith({
      body: [body[0], ...body.slice(1)],
      buttons: [{ label: "Themes", token: "show/themes" }],
    });
    for (const drawn of [toOne(reply), drawCard(reply, { audience: "one" })]) {
      expect(sizeOf(drawn)).toBeGreaterThan(24_000);
      expect(sizeOf(drawn)).toBeLessThanOrEqual(26_000);
      expect(titlesIn(drawn)).toEqual([words.readWhole, "Themes"]);
      expect(shownIn(drawn)).toMatch(/\[1\] Author and Author \(2020\), Recommendations, sentence 1(?!\n\[2\])/);
      expect(shownIn(drawn)).toContain(words.isCut);
    }
    expect(toOne(reply).text).toMatch(/for a while\. \[1\]\n\nPlease leave out/);
  });
});

describe("a message of our own accord", () => {
  const labels = ["Done", "Snooze 1 h", "Snooze to tomorrow", "Skip", "Change"];
  const due = answerWith({
    say: "Supervision is due. To bring along: A peer may give it. [1]",
    asides: ["Saved for supervision"],
    body: [{ text: "A peer may give it.", cites: [1], heading: "Supervision is due. To bring along:" }],
    citations: [named("answer", "answer").citations[0]],
    buttons: [{ label: "Themes", token: "show/themes" }, ...labels.map((label) => ({ label, token: `r/${label}` }))],
  });
  const message = draw(due, { audience: "one", isOurs: true, titled: true });

  test("begins with what is due, then says what the review says of it, and asks for no vote", () => {
    expect(message.text).toBe(
      "Supervision is due. To bring along:\n\nA peer may give it. [1]\n\nSaved for supervision",
    );
    expect(message.summary).toBe("Supervision is due. To bring along:");
    expect(message.asksVote).toBe(false);
    expect(faultsIn(message, due)).toEqual([]);
  });

  test("has what can be done with it first, then what was saved, then the sources", () => {
    expect(titlesIn(message)).toEqual([...labels, "Themes", words.openSources]);
    expect(shownIn(drawCard(due, { audience: "one", isOurs: true }))).toMatch(
      /^Supervision is due\. To bring along:\nA peer may give it\. \[1\]\nSaved for supervision\nSources\n/,
    );
  });
});

describe("a reply to someone in danger", () => {
  const { reply } = shipped.ask("I want to end my life");
  const message = toOne(reply);

  test("has every number of every contact in its text, by country, and in the card alone", () => {
    if (reply.kind !== "crisis") return expect.fail("not a reply to danger");
    const numbers = reply.contacts.flatMap(({ call, text }) => [call ?? [], text ?? []].flat());
    expect(numbers.length).toBeGreaterThan(10);
    expect(numbers.filter((number) => !message.text.includes(number))).toEqual([]);
    const card = drawCard(reply, { audience: "one" });
    expect(numbers.filter((number) => !shownIn(card).includes(number) || !card.fallbackText.includes(number))).toEqual(
      [],
    );
    const countries = ["Canada", "United Kingdom", "Ireland"].map((country) =>
      message.text.indexOf(`\n**${country}**\n`),
    );
    expect(countries.every((at, n) => at > (countries[n - 1] ?? 0))).toBe(true);
  });

  test("begins with what to do, ends with it, and shows nothing of it on a locked screen", () => {
    const first = reply.say.split("\n")[0] ?? "";
    expect(message.text.startsWith(first) && message.text.endsWith(first)).toBe(true);
    expect(message.summary).toBe("Bearings has answered you.");
  });

  test("has its way out and no other button, no vote and no citation", () => {
    expect(buttonsIn(message).map(({ title, data }) => [title, data.token])).toEqual([
      ["This is not about risk now", "not-now"],
    ]);
    expect({ asksVote: message.asksVote, entities: message.entities }).toEqual({ asksVote: false, entities: [] });
    expect(ofType(message, "Action.OpenUrl")).toEqual([]);
  });

  test.each(["*31# 555", "_555_ 0100", "0800-911-555", "`555`", "1. 555"])(
    "shows the number %s as it is written",
    (call) => {
      const contacts = [{ name: "A line", country: "GB", call, text: null, url: null, hours: null }];
      const one = { ...named("crisis", "crisis"), contacts };
      const { text } = toOne(one);
      expect(text.replace(/\\(?=[^a-zA-Z0-9\s])/g, "")).toContain(`- A line: call ${call}`);
      expect(faultsIn(toOne(one), one)).toEqual([]);
      expect(shownIn(drawCard(one, { audience: "one" }))).toContain(`A line: call ${call}`);
    },
  );
});

describe("a list", () => {
  test("has a line for each row that can be pressed, and the names of all in its text", () => {
    const message = toOne(named("list", "list"));
    expect(message.text).toBe("The themes:\n\nFirst; Second\n\nThere are two.");
    expect(shownIn(message)).toBe(`${words.chooseRow}\nFirst\nWhat comes first.\nSecond`);
    expect(buttonsIn(message).map(({ data }) => data.token)).toEqual(["show/first", "show/second", "start"]);
    expect(titlesIn(message)).toEqual(["Show First", "Show Second", "Back"]);
  });

  test("that is too long says how many more there are", () => {
    const row = (n: number) => ({
      title: `Row ${n}`,
      gist: "It matters. ".repeat(20),
      button: { label: "x", token: `show/${n}` },
    });
    const reply: Reply = { ...named("list", "list"), rows: Array.from({ length: 80 }, (_, n) => row(n)) };
    const message = toOne(reply);
    expect(faultsIn(message, reply)).toEqual([]);
    const shown = buttonsIn(message).filter(({ data }) => /^show\/\d+$/.test(data.token)).length;
    expect(shown).toBeGreaterThan(15);
    expect(shownIn(message)).toContain(words.moreRows(80 - shown));
  });
});

test("everything that comes with Bearings is drawn whole and within the limits", () => {
  const { entries } = shipped.knowledge();
  const tokens = ["start", "help", "about", "privacy", "browse", ...entries.map(({ id }) => `show/${id}`)];
  const lists = entries.flatMap(({ id, kind }) => [`browse/${id}`, `browse/${kind}`]);
  const faults = [...tokens, ...new Set(lists)].flatMap((token) => {
    const { reply } = shipped.press(token);
    const message = toOne(reply);
    const isCut = titlesIn(message).includes(words.readWhole) || shownIn(message).includes("than fit");
    const unlinked = claimsIn(message).length - ofType(message, "Action.OpenUrl").length;
    return [
      ...faultsIn(message, reply),
      ...faultsInCard(drawCard(reply, { audience: "one" }), reply),
      ...(isCut ? [`${token} is cut`] : []),
      ...(unlinked === 0 ? [] : [`${token} has ${unlinked} sources that lead nowhere`]),
    ];
  });
  expect(faults).toEqual([]);
});
