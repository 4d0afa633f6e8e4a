import { describe, expect, test } from "vitest";
import { rows, verbs } from "#adapters/teams/actions.ts";
import { sizeOf } from "#adapters/teams/budget.ts";
import { draw, drawCard } from "#adapters/teams/render.ts";
import { sourcesCard } from "#adapters/teams/sources-card.ts";
import { words } from "#adapters/teams/words.ts";
import type { Answer, Reply } from "#src/reply.ts";
import { replies } from "../helpers/replies.ts";
import { openShipped } from "../helpers/shipped.ts";
import { buttonsIn, faultsInCard, nodesIn, ofType, shownIn } from "./drawable.ts";

const shipped = await openShipped();

const form = replies.form;
if (form?.kind !== "form") throw new Error("no form");
const note = replies.note;
if (note?.kind !== "note") throw new Error("no note");

describe("a form", () => {
  const card = drawCard(form, { audience: "one" });
  const inputs = nodesIn(card).filter(({ type }) => String(type).startsWith("Input."));

  test("has a field for each, with its label, what stands in it, and what is said where it is missing", () => {
    expect(inputs.map(({ id, type, value }) => [id, type, value])).toEqual([
      ["every", "Input.ChoiceSet", "fortnight"],
      ["day", "Input.Date", "2026-10-06"],
      ["time", "Input.Time", "10:00"],
      ["ends", "Input.Date", undefined],
      ["about", "Input.Text", "supervision"],
    ]);
    expect(inputs.map(({ label }) => label)).toEqual([
      "How often",
      "First day",
      "Time",
      "Last day (optional)",
      "What it is about (optional)",
    ]);
    expect(
      inputs.map(({ isRequired, errorMessage }) => isRequired === true && errorMessage === words.isMissing),
    ).toEqual([true, true, true, false, false]);
    expect(inputs.at(-1)).toMatchObject({ maxLength: 60, placeholder: "A few words, and nothing about a client" });
  });

  test("is sent along by its own button and by no other", () => {
    const buttons = [{ label: "My reminders", token: "r/list" }];
    for (const actions of ["execute", "submit"] as const) {
      const drawn = buttonsIn(drawCard({ ...form, buttons }, { audience: "one", actions }));
      expect(drawn.map(({ data, associatedInputs = "auto" }) => [data, associatedInputs])).toEqual([
        [{ verb: verbs.saveForm, token: form.token }, "auto"],
        [{ verb: verbs.press, token: "r/list" }, "none"],
      ]);
    }
  });

  test("stands in the message where one person sees it; where several do, a button opens it for the presser", () => {
    expect(nodesIn(draw(form, { audience: "one" })).filter(({ type }) => type === "Input.Date")).toHaveLength(2);
    const shared = draw(form, { audience: "all" });
    expect(JSON.stringify(shared)).not.toContain("Input.");
    expect(buttonsIn(shared).map(({ title, data }) => [title, data])).toEqual([
      [words.openForm, { verb: verbs.openForm, token: form.token }],
    ]);
  });

  test("begins with nothing that Teams would refuse: a day that is none, a choice that is not offered", () => {
    const fields = form.fields.map((field) => ({ ...field, value: "nonsense" }));
    const values = nodesIn(drawCard({ ...form, fields }, { audience: "one" })).flatMap(({ type, value }) =>
      String(type).startsWith("Input.") && value !== undefined ? [type] : [],
    );
    expect(values).toEqual(["Input.Text"]);
  });
});

describe("buttons", () => {
  const titled = (count: number, title: string): Reply => ({
    ...note,
    buttons: Array.from({ length: count }, (_, n) => ({ label: `${title}${n}`, token: `t${n}` })),
  });

  test("are at most six a row, and fewer where their words are long", () => {
    const sizes = (reply: Reply) =>
      ofType(draw(reply, { audience: "one" }), "ActionSet").map(({ actions }) => (actions as unknown[]).length);
    expect(sizes(titled(8, "b"))).toEqual([6, 2]);
    expect(sizes(titled(4, "some twenty letters "))).toEqual([1, 1, 1, 1]);
    expect(rows([])).toEqual([]);
  });

  test("have names that are cut at a word", () => {
    const [{ title } = { title: "" }] = buttonsIn(
      draw(titled(1, "a long name of a button ".repeat(9)), { audience: "one" }),
    );
    expect(title).toMatch(/\w…$/);
    expect(title.length).toBeLessThanOrEqual(60);
  });

  test("in a dialog are of the only kind that works there", () => {
    const { reply } = shipped.press("show/supervision");
    const card = drawCard(reply, { audience: "one", actions: "submit" });
    expect(JSON.stringify(card)).not.toContain("Action.Execute");
    expect(buttonsIn(card).map(({ type }) => type)).toContain("Action.Submit");
  });

  test("a note without any is words alone", () => {
    const { attachments, text } = draw({ ...note, buttons: [] }, { audience: "one" });
    expect({ attachments, text }).toEqual({ attachments: [], text: "Hello.\n\nAsk about the review." });
  });
});

describe("sources in full", () => {
  const { passages } = shipped.knowledge();
  const { reply } = shipped.press("show/recommendations-overview");
  if (reply.kind !== "answer") throw new Error("not an answer");
  const cited = reply.citations.flatMap(({ passage }) => passages.get(passage) ?? []);
  const references = ["Author, A. (2020). A title. https://example.org/a"];

  test("are the whole answer, each passage in our words with where it stands, and the references to copy", () => {
    const card = sourcesCard({ reply, passages: cited, references });
    const shown = shownIn(card);
    expect(faultsInCard(card, reply)).toEqual([]);
    for (const { text } of reply.body) expect(shown).toContain(text);
    for (const { section, sentence, gist } of cited) {
      expect(shown).toContain(words.where(section, sentence));
      expect(shown).toContain(gist);
    }
    expect(shown).toMatch(/\nReference to copy\nAuthor, A\. \(2020\)\. A title\. https:\/\/example\.org\/a$/);
    // One address, which leads there once.
    expect(ofType(card, "Action.OpenUrl")).toHaveLength(new Set(reply.citations.map(({ url }) => url)).size);
    expect(shown).not.toContain(words.moreThanFits);
  });

  test("that are too much keep the answer, and say that there is more", () => {
    const gist = "It says a great deal. ".repeat(60);
    const citations = Array.from({ length: 60 }, (_, n) => ({ ...reply.citations[0], n: n + 1, passage: `P${n}` }));
    const [first, ...others] = citations;
    if (first === undefined) return expect.fail("no citation");
    const much: Answer = { ...reply, citations: [first, ...others] };
    const all = citations.map(({ passage }) => ({ id: passage, section: "S", sentence: 1, gist }));
    const card = sourcesCard({ reply: much, passages: all, references });
    expect(sizeOf(card)).toBeLessThanOrEqual(26_000);
    for (const { text } of reply.body) expect(shownIn(card)).toContain(text);
    expect(shownIn(card)).toContain(words.moreThanFits);
  });

  test("of an answer that is too long show its first sentences, and say that there is more", () => {
    const [first] = reply.body;
    const body = [first, ...Array.from({ length: 400 }, () => first)] as const;
    const card = sourcesCard({ reply: { ...reply, body }, passages: cited, references });
    expect(faultsInCard(card, reply)).toEqual([]);
    expect(sizeOf(card)).toBeGreaterThan(24_000);
    expect(shownIn(card)).toMatch(new RegExp(`\\n${words.moreThanFits}$`));
  });
});
