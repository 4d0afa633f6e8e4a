import { findsEach, type Slip } from "../helpers/slips.ts";

const entries = "entries/birds.yaml";

const says = (words: string, rest: Omit<Slip, "file" | "from" | "to" | "on">): Slip => ({
  ...rest,
  file: entries,
  from: "says: Birds sing in the morning.",
  to: `says: ${words}`,
  on: `says: ${words}`,
});

const asks: readonly Slip[] = [
  {
    name: "five asks of an entry",
    file: entries,
    from: ", bells]",
    to: "]",
    code: "too-few-asks",
    on: "asks: [gardens",
  },
  {
    name: "four asks of a boundary",
    file: "boundaries.yaml",
    from: "[nests, ",
    to: "[",
    code: "too-few-asks",
    on: "asks: [how do I",
  },
  {
    name: "asks that differ in case and marks",
    file: entries,
    from: "- morning song",
    to: '- "Bird SONG?"',
    code: "same-ask",
    on: "- bird song",
  },
  {
    name: "an ask of an entry and a boundary",
    file: "boundaries.yaml",
    from: "[nests",
    to: "[Singing",
    code: "same-ask",
    on: "[Singing",
  },
  {
    name: "an ask that is small talk",
    file: "talk.yaml",
    from: "hello",
    to: "bird song",
    code: "same-ask",
    on: "bird song",
  },
];

const words: readonly Slip[] = [
  says(`Birds sing ${"in the ".repeat(15)}day.`, { name: "a sentence of 33 words", code: "overlong-answer" }),
  says(`Birds sing ${"everlastingly ".repeat(16)}on.`, {
    name: "a sentence of 230 characters",
    code: "overlong-answer",
  }),
  says("Birds must sing.", { name: "must, resting on a statement", code: "advice-verb" }),
  says("Birds ought to sing.", { name: "ought to, resting on a statement", code: "advice-verb" }),
  says("Birds always sing.", { name: "always, resting on a statement", code: "advice-verb" }),
  says("Singing is essential.", { name: "essential, resting on a statement", code: "advice-verb" }),
  says("The authors recommend song.", { name: "recommend, resting on a statement", code: "advice-verb" }),
  {
    name: "must, resting on should",
    file: entries,
    from: "Gardens should have",
    to: "Gardens must have",
    code: "advice-verb",
    on: "must have",
  },
  says("Birds sing!", { name: "an exclamation mark", code: "exclamation", severity: "warning" }),
  says("Birds sing 🐦", { name: "an emoji", code: "emoji", severity: "warning" }),
  says("Birds sing in color.", { name: "an American spelling", code: "spelling", severity: "warning" }),
  says("Call 0207 946 0000 for birds.", { name: "a telephone number", code: "phone-in-answer", severity: "warning" }),
  says("Birds are at +44 (0)20 7946-0000.", {
    name: "a telephone number with marks",
    code: "phone-in-answer",
    severity: "warning",
  }),
  says("Ring 911 for birds.", { name: "a short number", code: "phone-in-answer", severity: "warning" }),
  {
    name: "an American spelling in a gist",
    file: "sources.yaml",
    from: "gist: Birds sing in the morning.",
    to: "gist: Birds sing in color.",
    code: "spelling",
    severity: "warning",
    on: "in color",
  },
  {
    name: "an exclamation mark in a title",
    file: entries,
    from: "When birds sing",
    to: "Birds sing!",
    code: "exclamation",
    severity: "warning",
    on: "title: Birds sing!",
  },
  {
    name: "an emoji in a topic",
    file: "boundaries.yaml",
    from: "topic: fish",
    to: "topic: 🐟",
    code: "emoji",
    severity: "warning",
    on: "🐟",
  },
];

findsEach("ways of asking", asks);
findsEach("words people read", words);
