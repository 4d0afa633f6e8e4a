import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { rememberedIn, windowOf } from "#adapters/slack/form-view.ts";
import { draw } from "#adapters/slack/render.ts";
import {
  entryView,
  type Home,
  homeView,
  type Modal,
  noticeView,
  reasonsView,
  replyView,
  shareView,
} from "#adapters/slack/views.ts";
import type { Answer, Reply } from "#src/reply.ts";
import { matchesGolden } from "../helpers/golden.ts";
import { replies } from "../helpers/replies.ts";
import { refusalOfView } from "../helpers/slack/limits.ts";
import { anyReply, buttonsIn, faultsIn, shownIn } from "./drawn.ts";

const isAnswer = (reply: Reply | undefined): reply is Answer => reply?.kind === "answer";
const isForm = (reply: Reply | undefined) => reply?.kind === "form";
const [form] = [replies.form].filter((reply) => reply !== undefined).filter(isForm);
if (form === undefined) throw new Error("no form among the replies");
const found = [replies.answer].filter(isAnswer);
const [answer] = found;
if (answer === undefined) throw new Error("no answer among the replies");

const passages = [
  { id: "P16", section: "Recommendations", sentence: 4, gist: "Supervision should be regular & <structured>." },
  { id: "P17", section: "Recommendations", sentence: 5, gist: "A peer may supervise." },
];
const references = ["Author, A., & Author, B. (2020). A `title`. https://example.org/a"];
const entry = { reply: answer, passages, references, token: "show/supervision" };
const share = { reply: answer, token: "show/supervision", channel: "C1", thread: null };
const listOf = (reply: Reply | undefined) => (reply?.kind === "list" ? reply.rows : []);
const home = {
  themes: listOf(replies.list),
  examples: answer.buttons,
  reminders: {
    kind: "list" as const,
    why: "reminders",
    say: "Times are in Europe/Berlin.",
    asides: [],
    rows: [
      {
        title: "1. Supervision",
        gist: "Every Tuesday, at 10:00. Next: Tuesday 6 October.",
        button: { label: "Open", token: "r/open/1" },
      },
    ],
    buttons: [{ label: "Set a reminder", token: "r/form" }],
  },
  about: "I am Bearings.\nI know one source.",
  privacy: "Nothing you type is kept.",
};

const views: Readonly<Record<string, Modal | Home>> = {
  entry: entryView(entry),
  share: shareView(share),
  reasons: reasonsView({ place: "T1:C1:1.2", entries: ["supervision"] }),
  home: homeView(home),
  note: noticeView("I could not share it here."),
  "answer-in-window": replyView(answer),
  form: windowOf(form, "C1"),
};

const titlesOf = (view: Modal | Home) =>
  view.type === "home" ? [] : [view.title, view.submit, view.close].flatMap((one) => one?.text ?? []);

describe("each view", () => {
  for (const [name, view] of Object.entries(views)) {
    test(`${name} is drawn as reviewed`, () => matchesGolden(`slack/view-${name}.json`, JSON.stringify(view, null, 2)));

    test(`${name} is within the limits and in plain words`, () => {
      expect(faultsIn(view.blocks, 100)).toEqual([]);
      expect(titlesOf(view).filter((title) => title === "" || title.length > 24)).toEqual([]);
      expect(JSON.stringify(view)).not.toMatch(/\p{Extended_Pictographic}|!/u);
      expect(view.blocks.map(({ type }) => type)).not.toContain("context_actions");
    });
  }
});

describe("the sources", () => {
  const shown = shownIn(views.entry?.blocks);

  test("are each passage with its mark, place and gist, and the reference in a box to copy", () => {
    expect(shown).toContain(
      "*[1]* “Recommendations”, sentence 4\nSupervision should be regular &amp; &lt;structured&gt;.",
    );
    expect(shown).toContain("```Author, A., &amp; Author, B. (2020). A 'title'. https://example.org/a```");
    expect(shown).toContain("<https://example.org/a|Read the source at example.org>");
  });

  test("name a citation whose passage is not known by its label", () =>
    expect(shown).toContain("\n\n[3] Author and Author (2020), Recommendations, sentence 3"));
});

test("an answer in a window has a title where it does not begin with one", () => {
  const [{ text, cites }] = answer.body;
  const reply: Answer = { ...answer, body: [{ text, cites, heading: null }] };
  for (const { blocks } of [replyView(reply), entryView({ ...entry, reply })])
    expect(shownIn(blocks)).toMatch(/^Regular, structured supervision\nSupervision should be regular/);
});

describe("sharing", () => {
  test("shows block by block what will be posted, with the names of its buttons", () => {
    const posted = draw(answer, { audience: "all" }).blocks;
    const [, , ...preview] = shareView(share).blocks;
    expect(preview.length).toBe(posted.length);
    for (const [at, block] of posted.entries())
      if (block.type !== "actions" && block.type !== "context_actions") expect(preview[at]).toEqual(block);
      else for (const label of labelsIn([block])) expect(shownIn(preview[at])).toContain(label);
    expect(buttonsIn(preview)).toEqual([]);
  });

  test("remembers where to and what", () => {
    const { private_metadata } = shareView({ ...share, thread: "1.2" });
    expect(JSON.parse(private_metadata ?? "")).toEqual({ channel: "C1", thread: "1.2", token: "show/supervision" });
  });

  test("says who will see it", () => {
    expect(shownIn(shareView(share))).toContain("Everyone in this channel will see this.");
    expect(shownIn(shareView({ ...share, thread: "1.2" }))).toContain("Everyone who opens this thread will see this.");
  });
});

/** What people see on the buttons and votes of blocks. */
const labelsIn = (part: unknown): readonly string[] => shownIn(part).split("\n");

describe("reasons", () => {
  test("are a choice that may be left out, with nothing to type", () => {
    const input = reasonsView({ place: "T1:C1:1.2", entries: ["a"] }).blocks.find(({ type }) => type === "input");
    expect(input).toMatchObject({ optional: true, element: { type: "radio_buttons", action_id: "reason" } });
    expect(JSON.stringify(views.reasons)).not.toContain("plain_text_input");
  });

  test("keep the address of the message whatever else there is no room for", () => {
    const entries = Array.from({ length: 500 }, (_, n) => `entry-${n}`);
    const metadata = reasonsView({ place: "T1:C1:1.2", entries }).private_metadata ?? "";
    expect(metadata.length).toBeLessThanOrEqual(3_000);
    expect(JSON.parse(metadata)).toEqual({ place: "T1:C1:1.2" });
  });
});

describe("the Home tab", () => {
  test("asks before it deletes anything", () => {
    const forget = buttonsIn(homeView(home).blocks).find(({ action_id }) => action_id === "forget");
    expect(forget).toMatchObject({ style: "danger", confirm: { title: { text: "Delete my data?" } } });
  });

  test("shows each reminder with its button, or a sentence in their place", () => {
    expect(shownIn(homeView(home))).toContain(
      "Your reminders\nTimes are in Europe/Berlin.\n*1. Supervision*\nEvery Tuesday",
    );
    expect(buttonsIn(homeView(home).blocks).map(({ value }) => value)).toEqual(
      expect.arrayContaining(["r/open/1", "r/form"]),
    );
    const reminders = { ...home.reminders, kind: "note" as const, say: "You have none." };
    expect(shownIn(homeView({ ...home, reminders }))).toContain("Your reminders\nYou have none.");
  });

  test("shows as many reminders as leave room for the rest, and says that there are more", () => {
    const [row] = home.reminders.rows;
    if (row === undefined) throw new Error("no row");
    const reminders = { ...home.reminders, rows: Array.from({ length: 50 }, () => row) };
    const view = homeView({ ...home, reminders });
    expect(refusalOfView(view, "home")).toBeNull();
    for (const part of ["/supervision list", "First", "What is kept"]) expect(shownIn(view.blocks)).toContain(part);
  });

  test("shows as many themes as there is room for", () => {
    const [row] = home.themes;
    if (row === undefined) throw new Error("no row");
    const { blocks } = homeView({ ...home, themes: Array.from({ length: 200 }, () => row) });
    expect(faultsIn(blocks, 100)).toEqual([]);
    expect(shownIn(blocks)).toContain("There is more than fits in this window.");
    expect(shownIn(blocks.at(-1))).toContain("Delete my data");
  });
});

describe("a form", () => {
  const view = windowOf(form, "C1");
  const elements = view.blocks.flatMap((block) => (block.type === "input" ? [block.element] : []));

  test("has a picker or a box for each field, with what stands there", () => {
    expect(elements).toMatchObject([
      { type: "static_select", action_id: "field.every", initial_option: { value: "fortnight" } },
      { type: "datepicker", action_id: "field.day", initial_date: "2026-10-06" },
      { type: "timepicker", action_id: "field.time", initial_time: "10:00" },
      { type: "datepicker", action_id: "field.ends" },
      { type: "plain_text_input", action_id: "field.about", initial_value: "supervision", max_length: 60 },
    ]);
    expect(elements[3]).not.toHaveProperty("initial_date");
    expect(view.blocks.flatMap((block) => (block.type === "input" ? [block.optional] : []))).toEqual([
      false,
      false,
      false,
      true,
      true,
    ]);
  });

  test("remembers its token and where it was opened, and nothing that was typed", () => {
    expect(rememberedIn(view.private_metadata ?? "")).toEqual({ channel: "C1", token: "r/filled/new" });
    for (const other of ["", "{}", "null", '{"channel":1,"token":"x"}', '{"token":"show/x"}'])
      expect(rememberedIn(other)).toEqual({ channel: null, token: null });
  });

  test("leaves out what Slack would refuse: values that are none, and a choice that is not offered", () => {
    const odd = { ...form, fields: form.fields.map((one) => ({ ...one, value: "2026-1-1 or so" })) };
    const shown = JSON.stringify(windowOf(odd, null).blocks.slice(0, 5));
    expect(shown).not.toMatch(/initial_(?:date|time|option)/);
    expect(refusalOfView(windowOf(odd, null), "modal")).toBeNull();
  });

  test("in a message is its words, and a button that opens it", () => {
    const { blocks } = draw(form, { audience: "one" });
    expect(shownIn(blocks)).toContain("When should I remind you?");
    expect(buttonsIn(blocks)).toMatchObject([{ action_id: "form", value: "r/filled/new" }]);
  });
});

test("any reply fits a window, whole or as its sources, and can be previewed", () => {
  fc.assert(
    fc.property(anyReply, (reply) => {
      const drawn = windowOf(reply, "C1");
      if (drawn.blocks.length > 0) expect(faultsIn(drawn.blocks)).toEqual([]);
      expect(refusalOfView(drawn, "modal")).toBeNull();
      if (reply.kind !== "answer") return;
      expect(faultsIn(entryView({ ...entry, reply }).blocks, 100)).toEqual([]);
      expect(faultsIn(shareView({ ...share, reply }).blocks, 100)).toEqual([]);
    }),
    { numRuns: 80 },
  );
}, 60_000);
