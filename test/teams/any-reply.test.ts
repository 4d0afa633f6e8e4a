import fc from "fast-check";
import { expect, test } from "vitest";
import { wordsOf } from "#adapters/teams/post.ts";
import { draw, drawCard } from "#adapters/teams/render.ts";
import type { Reply } from "#src/reply.ts";
import { replies } from "../helpers/replies.ts";
import { anyReply } from "../slack/drawn.ts";
import { buttonsIn, faultsIn, faultsInCard, ofType, shownIn } from "./drawable.ts";

test("T-12: any reply at all is within the limits, keeps its buttons, and acts on nothing that stands in it", () => {
  const hostile = fc.constantFrom(
    "<at>Everyone</at> [click](https://evil.example)",
    "{{DATE(2026-01-01T00:00:00Z, SHORT)}} {{{TIME(2026-01-01T00:00:00Z)}}}",
    "# heading\n- item\n1. one\n> quote\n---\n```code```",
    "https://evil.example www.evil.example ![x](https://evil.example/x.png)",
    "[1]: https://evil.example",
    "(https://evil.example)",
    "*b* _i_ ~s~ `c` |t| &lt;at&gt; \\[x\\](y)",
  );
  const options = fc.record({
    audience: fc.constantFrom("one" as const, "all" as const),
    titled: fc.boolean(),
    isOurs: fc.boolean(),
    actions: fc.constantFrom("execute" as const, "submit" as const),
  });
  fc.assert(
    fc.property(anyReply, options, hostile, (any, how, attack) => {
      const reply = attacked(any, attack);
      const message = draw(reply, how);
      const card = drawCard(reply, how);
      expect([...faultsIn(message, reply), ...(card.body.length === 0 ? [] : faultsInCard(card, reply))]).toEqual([]);
      const carried = buttonsIn(message).map(({ data }) => data.token);
      expect(reply.buttons.filter(({ token }) => !carried.includes(token))).toEqual([]);
      if (how.actions === "submit") expect(ofType(card, "Action.Execute")).toEqual([]);
      if (reply.kind === "answer")
        expect([...unsourced(message.text, message), ...unsourced(shownIn(card), card)]).toEqual([]);
    }),
    { numRuns: 100 },
  );
}, 60_000);

/** The same reply with words in all its parts that try to act. */
function attacked(reply: Reply, attack: string): Reply {
  const asides = [...reply.asides, attack];
  const say = `${attack}\n${reply.say}`;
  if (reply.kind === "answer") {
    const [first, ...others] = reply.body;
    const entries = [{ ...reply.entries[0], title: attack }] as const;
    return { ...reply, say, asides, entries, body: [{ ...first, text: attack }, ...others] };
  }
  if (reply.kind === "list")
    return { ...reply, say, asides, rows: reply.rows.map((row) => ({ ...row, gist: attack })) };
  if (reply.kind === "crisis")
    return { ...reply, say, asides, contacts: reply.contacts.map((contact) => ({ ...contact, name: attack })) };
  return { ...reply, say, asides };
}

/** Marks without a line among the sources. */
function unsourced(text: string, part: unknown): readonly string[] {
  const listed = new Set(shownIn(part).match(/^\[\d+\]/gm));
  const used = text.replace(/\\[^a-zA-Z0-9\s]/g, "").match(/\[\d+\]/g) ?? [];
  return used.length === 0 ? ["no mark at all"] : used.filter((mark) => !listed.has(mark));
}

test("an answer whose card Teams will not have keeps its sources in words", () => {
  const { answer } = replies;
  if (answer === undefined) return expect.fail("no answer");
  const { text, attachments } = wordsOf(draw(answer, { audience: "one" }));
  expect(attachments).toEqual([]);
  expect(text).toMatch(/\n\nSources\n\n\\\[1\\\] Author and Author \(2020\), Recommendations, sentence 1\n\n/);
  expect(text).toMatch(/\n\nhttps:\\\/\/example\.org\/a$/);
});
