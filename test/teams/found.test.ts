import { describe, expect, test } from "vitest";
import { sizeOf } from "#adapters/teams/budget.ts";
import { crisisWords } from "#adapters/teams/contacts.ts";
import { type Found, foundResponse } from "#adapters/teams/found.ts";
import { words } from "#adapters/teams/words.ts";
import type { Entry } from "#src/knowledge/entry.ts";
import { replies } from "../helpers/replies.ts";
import { openShipped } from "../helpers/shipped.ts";
import { buttonsIn, faultsInCard, ofType, shownIn } from "./drawable.ts";

const shipped = await openShipped();
const knowledge = shipped.knowledge();
const { entries, version } = knowledge;

function resultsOf({ composeExtension: answered }: Found) {
  if (answered.type !== "result") throw new Error(`answered by a ${answered.type}`);
  return answered.attachments;
}

const entry = (id: string): Entry => {
  const found = entries.find((one) => one.id === id);
  if (found === undefined) throw new Error(`no entry ${id}`);
  return found;
};

describe("what was found", () => {
  test("is a line with title, gist and source, and a card with all of the entry, its sources and the version", () => {
    const found = foundResponse([entry("supervisors")], knowledge);
    expect(found.composeExtension).toMatchObject({ type: "result", attachmentLayout: "list" });
    const [result] = resultsOf(found);
    expect(result?.preview).toEqual({
      contentType: "application/vnd.microsoft.card.thumbnail",
      content: {
        title: "Who should supervise",
        text: "The supervisors meant are those with experience of working with this population. – Newydd, North and Rushworth (2020)",
      },
    });
    const shown = shownIn(result?.content);
    for (const { says } of entry("supervisors").answer) expect(shown).toContain(`${says} [1]`);
    expect(shown).toMatch(/\nSources\n\[1\] Newydd, North and Rushworth \(2020\)/);
    expect(shown).toContain(`knowledge version ${version}`);
    expect(ofType(result?.content, "Action.OpenUrl")).toHaveLength(1);
    // It may end up where we are not: nothing in it can be pressed.
    expect(buttonsIn(result?.content)).toEqual([]);
  });

  test("of every entry is a card as Teams takes it, whole and with a source for every mark", () => {
    for (const one of entries) {
      const [result] = resultsOf(foundResponse([one], knowledge));
      const { reply } = shipped.press(`show/${one.id}`);
      if (result === undefined) return expect.fail(`nothing for ${one.id}`);
      expect(faultsInCard(result.content, reply)).toEqual([]);
      const shown = shownIn(result.content);
      const marks = new Set(shown.match(/\[\d+\]/g));
      expect([...marks].filter((mark) => !shown.includes(`\n${mark} `))).toEqual([]);
      expect(shown).not.toContain(words.isShortened);
    }
  });

  test("is at most ten, in at most 26,000 bytes however long they are", () => {
    const longest = entries.toSorted((a, b) => b.answer.length - a.answer.length);
    const found = foundResponse(longest, knowledge);
    expect(resultsOf(found)).toHaveLength(10);
    expect(sizeOf(found)).toBeLessThanOrEqual(26_000);
    const [first] = longest;
    if (first === undefined) return expect.fail("no entries");
    const [opening, ...others] = first.answer;
    const answer = [opening, ...Array.from({ length: 20 }, () => [opening, ...others]).flat()] as const;
    const endless = foundResponse(
      Array.from({ length: 10 }, () => ({ ...first, answer })),
      knowledge,
    );
    expect(sizeOf(endless)).toBeLessThanOrEqual(26_000);
    for (const { content } of resultsOf(endless)) expect(shownIn(content)).toMatch(/\]\n\[…\]\nSources\n\[1\]/);
  });

  test("in no part of the list is a tag", () => {
    const title = "<at>Everyone</at> <b>x</b>";
    const [result] = resultsOf(foundResponse([{ ...entry("supervisors"), title }], knowledge));
    expect(JSON.stringify(result?.preview)).not.toMatch(/[<>]/);
  });

  test("where it is nothing, is a sentence", () =>
    expect(foundResponse([], knowledge)).toEqual({ composeExtension: { type: "message", text: words.nothingFound } }));
});

describe("a reply to danger while someone types", () => {
  test("is what to do first and every contact in its order, in at most 1,500 characters", () => {
    const { reply } = shipped.ask("I want to end my life");
    if (reply.kind !== "crisis") return expect.fail("not a reply to danger");
    const said = crisisWords(reply);
    expect(said.startsWith(reply.say.split("\n")[0] ?? "none")).toBe(true);
    expect(said.length).toBeLessThanOrEqual(1_500);
    const numbers = reply.contacts.flatMap(({ call, text }) => [call ?? [], text ?? []].flat());
    expect(numbers.filter((number) => !said.includes(number))).toEqual([]);
  });

  test("that is too long keeps the first contacts and says that there are more", () => {
    const { crisis } = replies;
    if (crisis?.kind !== "crisis") return expect.fail("no reply to danger");
    const contacts = Array.from({ length: 60 }, (_, n) => ({ ...crisis.contacts[1], name: `Line ${n} to call` }));
    const said = crisisWords({
      ...crisis,
      contacts: contacts.map((one) => ({ country: "GB", call: "999", text: null, url: null, hours: null, ...one })),
    });
    expect(said.length).toBeLessThanOrEqual(1_500);
    expect(said).toMatch(/^If anyone is in danger now[^\n]*\nUnited Kingdom\.\nLine 0 to call: call 999/);
    expect(said.endsWith(`\n${words.moreInChat}`)).toBe(true);
  });
});
