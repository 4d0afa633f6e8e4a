import { findsEach, type Slip } from "../helpers/slips.ts";

const opening = (words: string, rest: Omit<Slip, "file" | "from" | "to" | "on"> & { on?: number }): Slip => ({
  file: "crisis.yaml",
  from: "I am a bot and cannot call anyone for you.",
  to: words,
  on: words,
  ...rest,
});

const crisis: readonly Slip[] = [
  opening("He committed suicide.", { name: "committed suicide", code: "crisis-banned" }),
  opening("After a failed attempt, call.", { name: "failed attempt", code: "crisis-banned" }),
  opening("Put the pills away.", { name: "a method", code: "crisis-method" }),
  opening("I am happy to help.", { name: "cheer", code: "crisis-cheer" }),
  opening("Call now!", { name: "an exclamation mark in a crisis", code: "exclamation" }),
  opening("Call now 💛", { name: "an emoji in a crisis", code: "emoji" }),
  opening(
    "Immediately telephoning professional organisations facilitates appropriate intervention possibilities for individuals experiencing unmanageable psychological difficulties and deteriorating circumstances.",
    { name: "hard words in a crisis", code: "reading-level", on: 1 },
  ),
  {
    name: "a contact without a way to reach it",
    file: "crisis.yaml",
    from: '    call: "911"\n',
    to: "",
    code: "schema",
    on: "country: CA",
  },
  {
    name: "a number without quotes",
    file: "crisis.yaml",
    from: '"911"',
    to: "911",
    code: "unquoted-phone",
    on: "call: 911",
  },
  {
    name: "a number without quotes that begins with a plus",
    file: "crisis.yaml",
    from: '"911"',
    to: "+14165550100",
    code: "unquoted-phone",
    on: "call: +1",
  },
  {
    name: "a country that is not one",
    file: "crisis.yaml",
    from: "country: CA",
    to: "country: UK",
    code: "schema",
    on: "country: UK",
  },
  {
    name: "a source without https",
    file: "crisis.yaml",
    from: "https://example.org/911",
    to: "http://example.org/911",
    code: "schema",
    on: "source:",
  },
  {
    name: "a contact checked tomorrow",
    file: "crisis.yaml",
    from: "2026-11-01",
    to: "2026-11-23",
    code: "future-date",
    on: "2026-11-23",
  },
  {
    name: "a contact checked 91 days ago",
    file: "crisis.yaml",
    from: "2026-11-01",
    to: "2026-08-23",
    code: "stale-contact",
    severity: "warning",
    on: "2026-08-23",
  },
  {
    name: "a contact checked 181 days ago",
    file: "crisis.yaml",
    from: "2026-11-01",
    to: "2026-05-25",
    code: "stale-contact",
    on: "2026-05-25",
  },
];

findsEach("crisis wording and contacts", crisis);
