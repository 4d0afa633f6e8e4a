import { findsEach, type Slip } from "../helpers/slips.ts";

const entries = "entries/birds.yaml";

const bank: readonly Slip[] = [
  {
    name: "a right passage that is not there",
    file: "questions.yaml",
    from: "[P01]",
    to: "[P1]",
    code: "unknown-passage",
    on: "[P1]",
  },
  {
    name: "an answer that nothing satisfies",
    file: "questions.yaml",
    from: "right: [P01]",
    to: "right: []",
    code: "question-right",
    on: 3,
  },
  {
    name: "a boundary with a right passage",
    file: "questions.yaml",
    from: "right: []",
    to: "right: [P01]",
    code: "question-right",
    on: 6,
  },
  {
    name: "a note without a name",
    file: "questions.yaml",
    from: "right: [greeting]",
    to: "right: []",
    code: "question-right",
    on: 9,
  },
  {
    name: "a question with two wants",
    file: "questions.yaml",
    from: "good morning",
    to: "WHEN do the birds sing?",
    code: "same-question",
    on: "WHEN",
  },
  {
    name: "a question twice",
    file: "questions.yaml",
    from: "ask: good morning\n  want: note\n  right: [greeting]",
    to: "ask: What size is a nest box?\n  want: not-covered",
    code: "same-question",
    severity: "warning",
    on: "What size",
  },
  {
    name: "a message in two lanes",
    file: "messages/now.yaml",
    from: "I want to hurt myself",
    to: "When do birds sing?",
    code: "same-message",
    on: "When",
  },
  {
    name: "a note's misspelt want",
    file: "questions.yaml",
    from: "want: note",
    to: "want: notes",
    code: "schema",
    on: "want: notes",
  },
];

const schema: readonly Slip[] = [
  {
    name: "an unknown field",
    file: entries,
    from: "title: When",
    to: "colour: red\n  title: When",
    code: "schema",
    on: "colour",
  },
  {
    name: "an unknown kind",
    file: entries,
    from: "kind: finding",
    to: "kind: findings",
    code: "schema",
    on: "kind: findings",
  },
  { name: "a number where text belongs", file: entries, from: "- singing", to: "- 2020", code: "schema", on: "- 2020" },
  {
    name: "a date that does not exist",
    file: entries,
    from: "2026-11-20",
    to: "2026-02-30",
    code: "schema",
    on: "2026-02-30",
  },
  { name: "an id with a space", file: entries, from: "id: song", to: "id: a song", code: "schema", on: "id: a song" },
  {
    name: "a force that is none",
    file: "sources.yaml",
    from: "force: may",
    to: "force: could",
    code: "schema",
    on: "force: could",
  },
  {
    name: "an address with credentials",
    file: "sources.yaml",
    from: "https://example.org/birds",
    to: "https://a:b@example.org",
    code: "schema",
    on: "URL",
  },
  {
    name: "an escaped control character",
    file: "boundaries.yaml",
    from: "topic: fish",
    to: 'topic: "f\\u0000ish"',
    code: "schema",
    on: 9,
  },
  {
    name: "a talk id that is none",
    file: "talk.yaml",
    from: "id: greeting",
    to: "id: greetings",
    code: "schema",
    on: "greetings",
  },
];

findsEach("questions and messages", bank);
findsEach("schema", schema);
