/** One reply of each kind, and a few more, for everything that draws replies. People and places are invented. */
import type { Citation, EntryRef, Reply } from "#src/reply.ts";

const supervision: EntryRef = {
  id: "supervision",
  kind: "recommendation",
  title: "Regular, structured supervision",
  passages: ["P16", "P17"],
};

const citation = (n: number, passage: string, url: string | null): Citation => ({
  n,
  source: "snapshot",
  passage,
  label: `Author and Author (2020), Recommendations, sentence ${n}`,
  url,
});

const silent = { asides: [], buttons: [] };
const choices = [
  { label: "Regular, structured supervision", token: "show/supervision" },
  { label: "Training", token: "show/training" },
];

/** An answer from two entries, with sources that share an address and one that has none. */
const answer: Reply = {
  kind: "answer",
  say: "Supervision should be regular. A peer may give it. Training should be offered.",
  asides: ["Please leave out names and other details of clients."],
  buttons: choices,
  entries: [supervision],
  body: [
    { text: "Supervision should be regular.", cites: [1], heading: "Supervision" },
    { text: "A peer may give it.", cites: [1, 2], heading: null },
    { text: "Training should be offered.", cites: [3], heading: "Training" },
  ],
  citations: [
    citation(1, "P16", "https://example.org/a"),
    citation(2, "P17", "https://example.org/a"),
    citation(3, "P10", null),
  ],
};

/** The replies by name; the name is that of the golden file. */
export const replies: Readonly<Record<string, Reply>> = {
  answer,
  "answer-of-one-sentence": {
    ...answer,
    asides: [],
    body: [{ text: "Supervision should be regular.", cites: [1], heading: null }],
    citations: [citation(1, "P16", "https://example.org/a")],
  },
  choices: { ...silent, kind: "choices", say: "Which of these do you mean?", buttons: choices, entries: [supervision] },
  abstention: {
    ...silent,
    kind: "abstention",
    why: "not-covered:medication",
    say: "The summary does not cover medication.",
    buttons: choices,
    entries: [supervision],
  },
  note: { ...silent, kind: "note", why: "greeting", say: "Hello.\nAsk about the review.", buttons: choices },
  list: {
    kind: "list",
    why: "browse",
    say: "The themes:",
    asides: ["There are two."],
    rows: [
      { title: "First", gist: "What comes first.", button: { label: "First", token: "show/first" } },
      { title: "Second", gist: "", button: { label: "Second", token: "show/second" } },
    ],
    buttons: [{ label: "Back", token: "start" }],
  },
  form: {
    ...silent,
    kind: "form",
    why: "reminder",
    say: "When should I remind you?",
    token: "r/filled/new",
    send: "Save",
    fields: [
      {
        id: "every",
        label: "How often",
        value: "fortnight",
        isOptional: false,
        input: {
          kind: "choice",
          options: [
            { value: "once", label: "Once" },
            { value: "fortnight", label: "Every 14 days" },
          ],
        },
      },
      { id: "day", label: "First day", value: "2026-10-06", isOptional: false, input: { kind: "date" } },
      { id: "time", label: "Time", value: "10:00", isOptional: false, input: { kind: "time" } },
      { id: "ends", label: "Last day", value: "", isOptional: true, input: { kind: "date" } },
      {
        id: "about",
        label: "What it is about",
        value: "supervision",
        isOptional: true,
        input: { kind: "text", most: 60, hint: "A few words, and nothing about a client" },
      },
    ],
  },
  crisis: {
    ...silent,
    kind: "crisis",
    say: "If anyone is in danger now, call the emergency number.",
    contacts: [
      { name: "Duty manager", country: null, call: "ext. 12", text: null, url: null, hours: null },
      { name: "Emergency", country: "GB", call: "999", text: null, url: null, hours: "day and night" },
      {
        name: "A line",
        country: "GB",
        call: "555 0100",
        text: "HI to 555",
        url: "https://example.org/line",
        hours: null,
      },
      { name: "Somewhere", country: "CA", call: null, text: null, url: null, hours: null },
      { name: "Not a code", country: "??", call: "1", text: null, url: null, hours: null },
    ],
  },
};
