import { describe, expect, test } from "vitest";
import { citationEntities } from "#adapters/teams/cited.ts";
import { draw } from "#adapters/teams/render.ts";
import type { Answer, Citation } from "#src/reply.ts";
import { openShipped } from "../helpers/shipped.ts";
import { claimsIn, faultsIn, ofType, shownIn } from "./drawable.ts";

const shipped = await openShipped();
const gistOf = (id: string) => shipped.knowledge().passages.get(id)?.gist ?? null;

const citation = (n: number, change: Partial<Citation> = {}): Citation => ({
  n,
  source: "s",
  passage: `P${n}`,
  label: `Source ${n}`,
  url: "https://example.org/a",
  ...change,
});

/** An answer with a sentence for each of the citations. */
const citing = (first: Citation, ...others: readonly Citation[]): Answer => ({
  kind: "answer",
  say: "",
  asides: [],
  buttons: [],
  entries: [{ id: "e", kind: "finding", title: "E", passages: [] }],
  body: [
    { text: `Sentence ${first.n}.`, cites: [first.n], heading: null },
    ...others.map(({ n }) => ({ text: `Sentence ${n}.`, cites: [n] as const, heading: null })),
  ],
  citations: [first, ...others],
});

describe("a citation of Teams' own", () => {
  test("has one root, a claim for each mark, and what the passage says in our words", () => {
    const { reply } = shipped.press("show/supervisors");
    if (reply.kind !== "answer") return expect.fail("not an answer");
    const [first] = reply.citations;
    const { entities } = draw(reply, { audience: "all", gistOf });
    expect(entities).toHaveLength(1);
    expect(entities[0]).toMatchObject({
      type: "https://schema.org/Message",
      "@type": "Message",
      "@context": "https://schema.org",
      "@id": "",
      citation: [{ "@type": "Claim", position: 1, appearance: { "@type": "DigitalDocument", url: first.url } }],
    });
    // Nothing is generated, so nothing is called so.
    expect(JSON.stringify(entities)).not.toContain("additionalType");
    const [claim] = claimsIn(draw(reply, { audience: "all", gistOf }));
    expect(claim?.appearance.abstract).toMatch(/…$/);
    expect(gistOf(first.passage)?.startsWith(claim?.appearance.abstract.slice(0, -1) ?? "none")).toBe(true);
  });

  test("cuts what is too long at a word, and never leaves it out", () => {
    const label = `Someone and Others (2020), ${"a long section ".repeat(10)}`;
    const [entity] = citationEntities([{ text: "", cites: [1], heading: null }], [citation(1, { label })], () =>
      "what it says ".repeat(30),
    );
    const [claim] = claimsIn({ entities: entity === undefined ? [] : [entity] } as unknown as ReturnType<typeof draw>);
    const { name = "", abstract = "" } = claim?.appearance ?? {};
    expect({
      isCut: /\w…$/.test(name) && /\w…$/.test(abstract),
      name: name.length <= 80,
      abstract: abstract.length <= 160,
    }).toEqual({
      isCut: true,
      name: true,
      abstract: true,
    });
    expect(label.startsWith(`${name.slice(0, -1)} `)).toBe(true);
  });

  test("leads to https alone", () => {
    const message = draw(citing(citation(1, { url: "http://example.org" }), citation(2, { url: null }), citation(3)), {
      audience: "one",
    });
    expect(claimsIn(message).map(({ appearance }) => appearance.url)).toEqual([
      undefined,
      undefined,
      "https://example.org/a",
    ]);
  });

  test("stands for the first twenty marks, and the card lists all", () => {
    const reply = citing(citation(1), ...Array.from({ length: 29 }, (_, n) => citation(n + 2)));
    const message = draw(reply, { audience: "one" });
    expect(claimsIn(message).map(({ position }) => position)).toEqual(Array.from({ length: 20 }, (_, n) => n + 1));
    expect(message.text).toContain("Sentence 30. [30]");
    expect(shownIn(message).match(/^\[\d+\] Source/gm)).toHaveLength(30);
    expect(faultsIn(message, reply)).toEqual([]);
  });

  test("keeps its address where its line in the card gives it up, so that no sentence is lost", () => {
    const url = `https://example.org/${"a".repeat(400)}`;
    const reply = citing(citation(1, { url }), ...Array.from({ length: 24 }, (_, n) => citation(n + 2, { url })));
    const message = draw(reply, { audience: "one" });
    expect(faultsIn(message, reply)).toEqual([]);
    expect(message.text).toContain("Sentence 25. [25]");
    expect(claimsIn(message).map(({ appearance }) => appearance.url)).toEqual(Array.from({ length: 20 }, () => url));
    // Those without a citation of Teams' own lead there from their line.
    expect(ofType(message, "Action.OpenUrl")).toHaveLength(5);
  });

  test("is in every kind of conversation", () => {
    const count = (audience: "one" | "all", isOurs: boolean) =>
      claimsIn(draw(citing(citation(1), citation(2)), { audience, isOurs })).length;
    expect([count("one", false), count("all", false), count("one", true), count("all", true)]).toEqual([2, 2, 2, 2]);
  });
});
