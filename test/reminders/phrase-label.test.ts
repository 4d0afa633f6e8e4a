import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { troubleInLabel, troubleInPartner } from "#src/reminders/phrase/label.ts";

describe("a label", () => {
  test.each(
    `Team meeting|Peer group|CPD|NGO forum|Zoom|Room 4|group supervision|prepare for supervision|my caseload|call HR
    call the office|Reflective Practice Group|International Women's Day|World Refugee Day|team's away day|book room 12b
    supervision in Berlin|module 3|Q4 report|2026 plan|Narrative Exposure Therapy reading|Balint group|EMDR supervision
    suicide prevention training|vicarious trauma workshop|TEAM MEETING|1:1|MHPSS cluster call|client work review
    family therapy supervision|Save the Children call|interpreter briefing at Lighthouse|my supervisor's questions
    foster family group|young families group|Afghan families group|Complex case discussion|Team A|HCPC renewal`.split(
      /\||\n\s*/,
    ),
  )("such as “%s” is fine", (label) => {
    expect(troubleInLabel(label)).toBeNull();
  });

  test.each(
    `call Anna|call anna|session with client Ahmed|Ahmed's court date|ahmed's court date|A.B. hearing|JK hearing|JK 12/03
    case 4471|file no 23|client 12|HX-2291|Mr Haddad|Mrs Haddad's housing|Yusuf Demir|see Selam|follow up on Osei
    about Fatuma|call Grace|visit Hope|Mark's review|Amina 14yo|DOB 12.3.1999|Ahmed K. interview|text 07700 900123
    anna@example.org|client Ahmed|visit the Jones family|visit the jones family|core group Jones family|Kayla M
    the O'Brien case|review the Gonzales case`.split(/\||\n\s*/),
  )("such as “%s” looks like a client", (label) => {
    expect(troubleInLabel(label)).toBe("client");
  });

  test.each([
    "her asylum interview",
    "she is not sleeping",
    "his medication",
    "ring the mother about the child",
    "the client is suicidal and needs a safety plan",
    "nightmares getting worse",
    "remember that the family has been refused housing and is appealing next month",
    "disclosed torture in detention, needs referral",
  ])("such as “%s” is a note about somebody", (label) => {
    expect(troubleInLabel(label)).toBe("note");
  });

  test("has at most sixty characters", () => {
    expect(troubleInLabel("plan ".repeat(7).trim())).toBeNull();
    expect(troubleInLabel("planning, reading ".repeat(4).trim())).toBe("note");
  });
});

describe("whom it is with", () => {
  test.each(["my supervisor", "Dr Osei", "Maria", "the team", "Prof. Dr. Meier-Lüdenscheid", "Maria and Tom"])(
    "may be “%s”",
    (partner) => {
      expect(troubleInPartner(partner, null)).toBeNull();
      expect(troubleInPartner(partner, "group supervision")).toBeNull();
    },
  );

  test.each(["client Ahmed", "my client", "a family", "my supervisor Jo about case 12"])(
    "may not be “%s”",
    (partner) => {
      expect(troubleInPartner(partner, null)).toBe("client");
    },
  );

  test("may not be a first name where the session is care", () => {
    expect(troubleInPartner("Maria", "therapy session")).toBe("client");
    expect(troubleInPartner("Ahmed", "asylum interview")).toBe("client");
  });

  test("has at most forty characters", () => {
    expect(troubleInPartner("ethics committee of the eastern district", null)).toBeNull();
    expect(troubleInPartner("ethics committee of the eastern districts", null)).toBe("note");
  });
});

test("nothing that is typed makes either throw", () => {
  fc.assert(
    fc.property(fc.string({ unit: "binary" }), fc.string(), (one, other) => {
      troubleInLabel(one);
      troubleInPartner(one, other);
    }),
  );
});
