import { beforeAll, describe, expect, test } from "vitest";
import { crisisReply, notNowButton } from "#src/conversation/crisis.ts";
import type { Safety } from "#src/conversation/safety.ts";
import type { Crisis, CrisisContact } from "#src/knowledge/entry.ts";
import { plain } from "#src/plain.ts";
import { matchesGolden } from "../helpers/golden.ts";
import { openShippedSafety } from "../helpers/safety.ts";

let crisis: Crisis;
let safety: Safety;
beforeAll(async () => {
  const shipped = await openShippedSafety();
  crisis = shipped.knowledge.crisis;
  safety = shipped.safety;
});

/** What someone who types this gets. */
const replyTo = (typed: string, country?: string) => crisisReply(crisis, safety(typed), country);

const other = { self: false, found: [] };
const own: CrisisContact = {
  country: null,
  use: "any",
  name: "On-call lead",
  call: "555 0100",
  text: null,
  url: null,
  hours: null,
  source: "https://example.org",
  verified: "2026-01-01",
};

describe("the words", () => {
  test("say what to do in the first breath, and last that nothing was kept", () => {
    const { say } = crisisReply(crisis, other);
    expect(say).toMatch(/^This sounds as if someone may be at risk\. If anyone is in danger now, call/);
    expect(say.indexOf("emergency number")).toBeLessThan(say.indexOf("on-call lead"));
    expect(say).toMatch(/I have not kept what you wrote\.$/);
  });

  test.each([
    "I want to die",
    "I want to die and my husband does not know",
    "my partner hits me and I'm scared to go back tonight",
    "my children would be better off without me",
    "i am 13 and my foster dad comes in my room",
    "je ne veux plus vivre",
    "want to die",
  ])("speak to the writer first, then of someone else: %s", (typed) => {
    const { say } = replyTo(typed);
    expect(say.indexOf("If this is about you")).toBeGreaterThan(-1);
    expect(say.indexOf("If this is about you")).toBeLessThan(say.indexOf("If it is about someone else"));
  });

  test("leave the writer out where only others are spoken of", () => {
    const { say } = replyTo("she says she will kill herself tonight");
    expect(say).not.toContain("If this is about you");
    expect(say).toContain("If it is about someone else");
  });

  test("send nobody back to who may hurt them", () => {
    expect(crisis.wording.forSelf.join(" ")).toContain("Go where you are safe");
    expect(crisis.wording.forSelf.join(" ")).not.toMatch(/stay where|look after other people/);
  });

  test("are sober", () => {
    const all = [...Object.values(crisis.wording)].flat().join("\n");
    expect(all).not.toMatch(/!|\p{Extended_Pictographic}/u);
    expect(all).not.toMatch(
      /committed? suicide|don't worry|stay strong|cheer up|everything will be|we are watching|monitor/i,
    );
    expect(all).not.toMatch(/\b(?:rope|pills?|knife|hang|bridge|overdose|gun)\b/i);
  });

  test("promise nobody who listens", () => expect(crisisReply(crisis, other).say).toContain("No one reads this chat"));
});

describe("the contacts", () => {
  test("begin with the organisation's own, then the country asked for", () => {
    const { contacts } = crisisReply({ ...crisis, contacts: [...crisis.contacts, own] }, other, "AU");
    expect(contacts[0]?.name).toBe("On-call lead");
    expect(contacts[1]).toMatchObject({ country: "AU", call: "000" });
  });

  test("of one country stand together, emergency first", () => {
    const countries = crisisReply(crisis, other).contacts.map(({ country }) => country);
    expect(countries.filter((country, n) => country !== countries[n - 1])).toHaveLength(new Set(countries).size);
    for (const country of new Set(countries)) {
      const [first] = crisisReply(crisis, other).contacts.filter((contact) => contact.country === country);
      expect(first?.name).toMatch(/^Emergency services/);
    }
  });

  test("of other countries are only those for anyone and those that the signs ask for", () => {
    const names = (found: readonly string[]) =>
      crisisReply(crisis, { self: false, found }, "AU").contacts.map(({ name }) => name);
    expect(names([])).not.toContain("Kids Help Phone");
    expect(names(["child-harm"])).toContain("Kids Help Phone");
    expect(names([])).toContain("1800RESPECT");
  });

  test.each([
    ["a child", "stepfather is touching the girl", "Kids Help Phone"],
    ["violence at home", "her husband is beating her right now", "National Domestic Abuse Helpline"],
    ["trafficking", "they took her passport and force her to work", "Modern Slavery and Exploitation Helpline"],
  ])("hold the line for %s that what was typed asks for", (_, typed, line) => {
    expect(safety(typed).lane).toBe("now");
    expect(replyTo(typed).contacts.map(({ name }) => name)).toContain(line);
    expect(replyTo("I want to die").contacts.map(({ name }) => name)).not.toContain(line);
  });

  test("of each country offer a call and a text where there is one", () => {
    for (const country of ["CA", "GB", "US", "IE", "AU", "NZ"]) {
      const near = crisisReply(crisis, other, country).contacts.filter((contact) => contact.country === country);
      expect(near.some(({ call }) => call !== null) && near.some(({ text }) => text !== null)).toBe(true);
    }
  });
});

test("one button, which answers nothing", () => {
  const reply = crisisReply(crisis, other);
  expect(reply.buttons).toEqual([notNowButton]);
  expect(notNowButton.token).toBe("not-now");
  expect(reply.asides).toEqual([]);
});

test("the whole reply reads as it should", () => {
  matchesGolden("replies/crisis.txt", plain(replyTo("my partner hits me and I'm scared to go back tonight", "GB")));
});
