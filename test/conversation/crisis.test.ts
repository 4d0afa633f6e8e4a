import { beforeAll, describe, expect, test } from "vitest";
import { crisisReply, notNowButton } from "#src/conversation/crisis.ts";
import type { Crisis, CrisisContact } from "#src/knowledge/entry.ts";
import { openShippedSafety } from "../helpers/safety.ts";

let crisis: Crisis;
beforeAll(async () => {
  crisis = (await openShippedSafety()).knowledge.crisis;
});

const other = { self: false, signs: [] };
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
  test("say first what to do first, and last that nothing was kept", () => {
    const { say } = crisisReply(crisis, other);
    expect(say.indexOf("emergency number")).toBeLessThan(say.indexOf("on-call lead"));
    expect(say).toMatch(/I have not kept what you wrote\.$/);
  });

  test("are warmer when it is about the person who writes", () => {
    expect(crisisReply(crisis, { self: true, signs: [] }).say).toContain("I am sorry");
    expect(crisisReply(crisis, other).say).not.toContain("I am sorry");
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
    const names = (signs: readonly string[]) =>
      crisisReply(crisis, { self: false, signs }, "AU").contacts.map(({ name }) => name);
    expect(names([])).not.toContain("Kids Help Phone");
    expect(names(["s:child-harm"])).toContain("Kids Help Phone");
    expect(names([])).toContain("Kids Helpline");
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
