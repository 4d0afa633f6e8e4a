/** What people want, told from their words before any search. */

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Pressable, readIntent, readToken, tokenOf } from "#src/conversation/intent.ts";

describe("readToken", () => {
  const intents: readonly Pressable[] = [
    { kind: "start" },
    { kind: "help" },
    { kind: "privacy" },
    { kind: "not-now" },
    { kind: "browse", of: null },
    { kind: "browse", of: "theme" },
    { kind: "about" },
    { kind: "show", entries: ["supervision"] },
    { kind: "show", entries: ["supervision", "training"] },
  ];
  for (const intent of intents)
    test(`reads back the token of ${JSON.stringify(intent)}`, () => {
      expect(readToken(tokenOf(intent))).toEqual(intent);
    });

  test("calls whatever no button of ours says stale", () => {
    fc.assert(
      fc.property(fc.string(), (token) => {
        const { kind } = readToken(`x${token}`);
        expect(kind).toBe("stale");
      }),
    );
    expect(readToken("show/../../etc")).toEqual({ kind: "stale" });
    expect(readToken("show/__proto__")).toEqual({ kind: "stale" });
    expect(readToken("show/a,,b")).toEqual({ kind: "stale" });
    expect(readToken("show/a,b,c,d")).toEqual({ kind: "stale" });
  });
});

describe("readIntent", () => {
  test.each(["constructor", "__proto__", "toString", "has own property"])(
    "takes the word %s for a question",
    (text) => {
      expect(readIntent(text)).toEqual({ kind: "question" });
    },
  );

  const reminders = [
    "/remind every tuesday 9am notes",
    "/supervision",
    "remind me tomorrow at 3pm to call the agency back",
    "remind me about the team meeting",
    "what reminders have I got set up",
    "cancel my tuesday 10am reminder please",
    "daily 17:30 pls remind me log off",
    "remnid me on monday at 9.15",
    "ping me at 4 about the peer group",
    "dont let me forget to phone the landlord at 3",
    "snooze that for an hour",
  ];
  for (const text of reminders)
    test(`takes "${text}" for a reminder`, () => {
      expect(readIntent(text).kind).toBe("reminder");
    });

  const questions = [
    "remind me what the review says about supervision",
    "remind me again how many studies went in",
    "can you remind me of the three themes?",
    "do reminders help people to attend, according to the review?",
    "how often should supervision be",
    "what does it say about weekly supervision",
    "every clinician should have supervision, right?",
  ];
  for (const text of questions)
    test(`takes "${text}" for a question`, () => {
      expect(readIntent(text).kind).toBe("question");
    });

  test("knows a message without words, and one in another script", () => {
    expect(readIntent("").kind).toBe("nothing");
    expect(readIntent("🙂🙂").kind).toBe("nothing");
    expect(readIntent("ما هي توصيات المراجعة؟").kind).toBe("other-script");
    expect(readIntent("?").kind).toBe("help");
  });

  test("opens lists and entries by name", () => {
    expect(readIntent("browse")).toEqual({ kind: "browse", of: null });
    expect(readIntent("Browse theme")).toEqual({ kind: "browse", of: "theme" });
    expect(readIntent("show supervision")).toEqual({ kind: "show", entries: ["supervision"] });
  });

  test("never throws, whatever is typed", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 5_000 }), (text) => {
        expect(readIntent(text).kind).toBeTypeOf("string");
      }),
    );
  });
});
