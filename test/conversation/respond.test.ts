/** The assistant as shipped: what people get, and what no reply may ever be. */

import fc from "fast-check";
import { beforeAll, describe, expect, test } from "vitest";
import { passagesOf } from "#src/answering/parts.ts";
import { examples } from "#src/copy.ts";
import { plain, pressables } from "#src/plain.ts";
import type { Reply } from "#src/reply.ts";
import { matchesGolden } from "../helpers/golden.ts";
import { openShipped, summaryOf, whyOf } from "../helpers/shipped.ts";

let bearings: Awaited<ReturnType<typeof openShipped>>;
beforeAll(async () => {
  bearings = await openShipped();
});

/** Fails when a reply says what no source says, or points at nothing. */
function wellFormed(reply: Reply): void {
  expect(reply.say.trim()).not.toBe("");
  expect(plain(reply)).not.toMatch(/undefined|\[object|NaN/);
  for (const { label, token } of pressables(reply)) {
    expect(label.trim()).not.toBe("");
    expect(whyOf(bearings.press(token).reply)).not.toBe("stale");
  }
  if (reply.kind !== "answer") return;
  const entries = reply.entries.map(({ id }) => bearings.knowledge().entries.find((entry) => entry.id === id));
  const sentences = entries.flatMap((entry) => entry?.answer ?? []);
  expect(reply.body.map(({ text }) => text)).toEqual(sentences.map(({ says }) => says));
  reply.body.forEach(({ cites }, at) => {
    const cited = cites.map((n) => reply.citations.find((citation) => citation.n === n)?.passage);
    expect(cited).toEqual(sentences[at]?.from);
  });
  expect(reply.citations.map(({ n }) => n)).toEqual(reply.citations.map((_, at) => at + 1));
}

describe("replies", () => {
  const asked: Readonly<Record<string, string>> = {
    answer: "is ad hoc supervision good enough",
    two: "what do they say on supervision, and also on training?",
    overview: "what does it recommend?",
    "not-covered": "which dose of sertraline for a refugee with PTSD?",
    outside: "printer on 2nd floor is jammed again",
    "not-understood": "qwfpgj zxcvbq",
    greeting: "hello",
    feedback: "hmm that wasn't very useful",
    reminder: "remind me every friday at 3pm to write my notes",
    empty: "  ",
    "other-script": "ما هي توصيات المراجعة؟",
  };
  for (const [name, text] of Object.entries(asked))
    test(`to "${text}" are as agreed`, () => {
      const response = bearings.ask(text);
      wellFormed(response.reply);
      matchesGolden(`replies/${name}.json`, JSON.stringify(summaryOf(response), null, 2));
    });

  test("are well formed, whatever is typed", () => {
    const typed = fc.oneof(
      fc.string({ unit: "binary", maxLength: 300 }),
      fc.array(fc.constantFrom("supervision", "and", "training", "?", "who", "dose", "<!channel>", "\u200b"), { maxLength: 40 })
        .map((parts) => parts.join(" ")), // biome-ignore format: one generator
    );
    fc.assert(fc.property(typed, (text) => wellFormed(bearings.ask(text).reply)), { numRuns: 300 }); // biome-ignore format: one property
  });

  test("to every entry and every list are well formed", () => {
    for (const { id } of bearings.knowledge().entries) wellFormed(bearings.press(`show/${id}`).reply);
    for (const of of ["browse", "browse/theme", "browse/recommendation", "start", "help", "privacy", "not-now"])
      wellFormed(bearings.press(of).reply);
  });

  test("never quote what was typed", () => {
    const reply = bearings.ask("zebrafish supervision quokka").reply;
    expect(JSON.stringify(reply)).not.toMatch(/zebrafish|quokka/);
  });
});

describe("a question about two things", () => {
  test("gets both entries, each with its own sentences", () => {
    const { reply } = bearings.ask("what do they say on supervision, and also on training?");
    expect(reply.kind).toBe("answer");
    if (reply.kind !== "answer") return;
    expect(reply.entries.map(({ id }) => id).toSorted()).toEqual(["supervision", "training"]);
    expect(reply.body.filter(({ heading }) => heading !== null)).toHaveLength(2);
  });
});

describe("a topic that is not covered", () => {
  const beside = [
    "Client on sertraline 50mg. what does the review say?",
    "I have a client with nightmares. what does the review say?",
    "How do I do EMDR? what does the review say?",
  ];
  for (const text of beside)
    test(`is not answered with the review as a whole: "${text}"`, () => {
      expect(bearings.ask(text).reply.kind).toBe("abstention");
    });

  test("is named beside the answer to the rest of the question", () => {
    const { reply } = bearings.ask("who wrote it, and which countries were the studies done in?");
    expect(reply).toMatchObject({ kind: "answer", entries: [{ id: "authors" }] });
    expect(reply.asides.join(" ")).toMatch(/^My sources do not cover /);
  });
});

test("what is not understood has a quiet line for someone who may have meant danger", () => {
  const { reply } = bearings.ask("qwfpgj zxcvbq");
  expect(reply.asides).toContain(bearings.knowledge().crisis.wording.aside);
});

describe("the example questions", () => {
  for (const { question, entry } of examples)
    test(`"${question}" is answered by the entry that its button shows`, () => {
      const { reply } = bearings.ask(question);
      expect(reply.kind).toBe("answer");
      if (reply.kind !== "answer") return;
      const shown = bearings.knowledge().entries.find(({ id }) => id === entry);
      expect(shown).toBeDefined();
      expect(reply.entries[0]?.passages).toEqual(shown === undefined ? [] : passagesOf(shown));
    });
});

describe("client details", () => {
  const fill = (fields: Readonly<Record<string, string>>) => bearings.fill("ask-without", fields);
  const notes = [
    "Amina Yusuf, 34, DOB 12/03/1990, came for her third session. What does the review say about supervision?",
    "client no. 448213 needs more time, is that in the review?",
    "client Fatima, 34, from Homs, says little. What does it say about power?",
    "Ahmad H., born 3 May 1988: what does it say about time?",
    "NHS no 943 476 5919, is supervision in the review?",
  ];
  for (const text of notes)
    test(`are asked to be left out, and are left out: ${text.slice(0, 24)}`, () => {
      const { reply } = bearings.ask(text);
      expect(reply).toMatchObject({ kind: "form", why: "client-details", isPrivate: true, token: "ask-without" });
      expect(reply.say).toMatch(/Please ask without names, dates of birth, numbers and addresses/);
      expect(reply.asides.join(" ")).toMatch(/choose to delete it/);
      expect(JSON.stringify(reply)).not.toMatch(/Amina|Yusuf|448213|Fatima|Ahmad|1988|5919/);
    });

  test("a cleaned question that is sent is answered like any other", () => {
    const { reply } = bearings.ask("NHS no 943 476 5919, who may supervise this work?");
    const value = reply.kind === "form" ? reply.fields[0]?.value : undefined;
    expect(value).toBe("who may supervise this work?");
    expect(fill({ question: value ?? "" })).toEqual(bearings.ask(value ?? ""));
  });

  test("what is sent with details once more comes back without them", () => {
    const { reply } = fill({ question: "who may supervise me on client Amina Yusuf?" });
    expect(reply).toMatchObject({
      kind: "form",
      fields: [{ id: "question", value: "who may supervise me on client?" }],
    });
  });

  test("where nothing is left, the field is empty and the words say so", () => {
    const { reply } = bearings.ask("943 476 5919");
    expect(reply).toMatchObject({ kind: "form", fields: [{ value: "" }] });
    expect(reply.say).toMatch(/You can ask below\.$/);
    expect(bearings.press("ask-without").reply).toMatchObject({ kind: "form", fields: [{ value: "" }] });
  });

  test("danger comes first, in the message and in the field", () => {
    const text = "client Amina Yusuf, born 12/03/1990, says she will kill herself tonight";
    expect(bearings.ask(text)).toMatchObject({ lane: "now", reply: { kind: "crisis" } });
    expect(fill({ question: text })).toMatchObject({ lane: "now", reply: { kind: "crisis" } });
  });

  test("a wish for a reminder in the field sets none, and one with details stays with reminders", () => {
    expect(fill({ question: "remind me every Tuesday at 10:00" }).reply).not.toMatchObject({ why: "reminder" });
    const { reply } = bearings.ask("remind me every friday at 3pm about client Fatima Haddad");
    expect(reply).toMatchObject({
      kind: "note",
      why: "reminder",
      asides: [expect.stringMatching(/keep its label short/)],
    });
  });

  test("are not seen in ordinary questions", () => {
    for (const text of [
      "is Rushworth one of the authors",
      "Newydd North and Rushworth 2020",
      "services in New South Wales",
      "Evidence Snapshot 2",
      "does it cite Newydd North 20",
    ])
      expect(bearings.ask(text).reply.asides).toEqual([]);
  });
});

describe("hostile text", () => {
  const texts: Readonly<Record<string, string>> = {
    "40,000 letters": "a".repeat(40_000),
    "40,000 words": "supervision ".repeat(4_000),
    "single letters": "a b c d e f ".repeat(900),
    "lone surrogates": "\ud800 supervision \udfff",
    NUL: "super\u0000vision",
    "right to left": "\u202Esupervision\u202C",
    "Slack markup": "<!channel> <@U123> <https://evil.example|supervision>",
    "Teams markup": "<at>Bearings</at> supervision",
    HTML: "<script>alert(1)</script> supervision",
    "mixed scripts": "supervision надзор 監督",
    "another language": "quelles sont les recommandations de la revue pour les cliniciens",
  };
  for (const [name, text] of Object.entries(texts))
    test(`gets an honest reply: ${name}`, () => {
      wellFormed(bearings.ask(text).reply);
    });
});
