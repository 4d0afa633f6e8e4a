/** What Slack would refuse or misread in blocks, and replies of every kind and size to draw. All of it is invented. */
import type { Button, KnownBlock } from "@slack/types";
import fc from "fast-check";
import type { Citation, Contact, EntryRef, Field, Reply } from "#src/reply.ts";

const link = /<https:\/\/[^<>|\s]+\|[^<>|\n]+>/g;

/** All that is wrong with the blocks, in words; nothing where Slack would take and show them as they are meant. */
export function faultsIn(blocks: readonly KnownBlock[], most = 50): readonly string[] {
  const buttons = buttonsIn(blocks);
  const ids = buttons.map(({ action_id }) => action_id);
  const names = buttons.map(({ accessibility_label }) => accessibility_label);
  return [
    ...(blocks.length === 0 || blocks.length > most ? [`${blocks.length} blocks`] : []),
    ...(new Set(ids).size < ids.length ? [`ids are not unique: ${ids.join(" ")}`] : []),
    ...(new Set(names).size < names.length ? [`names are not unique: ${names.join(", ")}`] : []),
    ...blocks.flatMap(faultsOfBlock),
    ...buttons.flatMap(faultsOfButton),
    ...textsIn(blocks).flatMap(faultsOfText),
  ];
}

function faultsOfBlock(block: KnownBlock): readonly string[] {
  const sizes: Readonly<Record<string, number>> = { actions: 5, context: 10, context_actions: 5 };
  if ("elements" in block) {
    const isRight = block.elements.length >= 1 && block.elements.length <= (sizes[block.type] ?? 0);
    return isRight ? [] : [`${block.elements.length} elements in ${block.type}`];
  }
  if (block.type === "header") return block.text.text.length <= 150 ? [] : ["a header that is too long"];
  return ["section", "divider", "input"].includes(block.type) ? [] : [`a block of type ${block.type}`];
}

function faultsOfButton({ text, value = "", action_id = "", accessibility_label = "" }: Button): readonly string[] {
  const isRight =
    text.text.length <= 75 && value.length <= 2_000 && action_id.length <= 255 && accessibility_label.length <= 75;
  return isRight && value !== "" && action_id !== "" && accessibility_label !== ""
    ? []
    : [`a wrong button ${action_id}`];
}

type TextObject = {
  readonly type: string;
  readonly text: string;
  readonly verbatim?: boolean;
  readonly emoji?: boolean;
};

function faultsOfText({ type, text, verbatim, emoji }: TextObject): readonly string[] {
  const wrong: readonly (readonly [boolean, string])[] = [
    [text.trim() === "" || text.length > 3_000, `a text of ${text.length} characters`],
    [!text.isWellFormed(), "half of a pair"],
    [type === "plain_text" && emoji !== false, "plain text with emoji codes"],
    [type === "mrkdwn" && verbatim !== true, "text that Slack looks for links in"],
    [type === "mrkdwn" && /[<>]/.test(text.replace(link, "")), "raw markup"],
    [type === "mrkdwn" && /&(?!amp;|lt;|gt;)/.test(text), "half an entity"],
  ];
  return wrong.flatMap(([isWrong, what]) => (isWrong ? [what] : []));
}

/** Every text object inside, in order. */
export function textsIn(part: unknown): readonly TextObject[] {
  if (typeof part !== "object" || part === null) return [];
  return isText(part) ? [part] : Object.values(part).flatMap(textsIn);
}

const isText = (part: object): part is TextObject =>
  "type" in part && (part.type === "mrkdwn" || part.type === "plain_text") && "text" in part;

/** All that is shown, one text a line. */
export const shownIn = (part: unknown): string =>
  textsIn(part)
    .map(({ text }) => text)
    .join("\n");

/** Every button, those beside sections too. */
export const buttonsIn = (blocks: readonly KnownBlock[]): readonly Button[] =>
  blocks.flatMap((block): readonly Button[] => {
    if (block.type === "actions") return block.elements.flatMap((one) => (one.type === "button" ? one : []));
    return block.type === "section" && block.accessory?.type === "button" ? [block.accessory] : [];
  });

const word = fc.constantFrom(
  "<!channel>",
  "<@U1>",
  "&",
  "<http://x|y>",
  "care",
  "supervision",
  "\u202e",
  "*",
  ":x:",
  "👩‍⚕️",
  "|",
);
const phrase = (most: number) => fc.array(word, { maxLength: most }).map((words) => words.join(" "));
/** Short as a rule, and now and then far too long. */
const text = fc.oneof(
  { weight: 8, arbitrary: phrase(12) },
  { weight: 2, arbitrary: fc.string({ maxLength: 200 }).map((any) => any.replace(/[[\]]/g, "(")) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 9_000 }).map((n) => "a sentence & more ".repeat(n / 18)) },
  { weight: 1, arbitrary: fc.integer({ min: 500, max: 9_000 }).map((n) => "<".repeat(n)) },
);
const url = fc.option(fc.constantFrom("https://example.org/a?b=1&c=2", "http://example.org", "javascript:alert(1)"));
const id = fc.stringMatching(/^[a-z]{1,12}$/);
const button = fc.record({ label: text, token: id.map((to) => `show/${to}`) });
const entry: fc.Arbitrary<EntryRef> = fc.record({ id, kind: id, title: text, passages: fc.constant([]) });
const entries = fc.tuple(entry, entry).chain(([a, b]) => fc.constantFrom<[EntryRef, ...EntryRef[]]>([a], [a, b]));
const option = fc.record({ value: id, label: text });
const input: fc.Arbitrary<Field["input"]> = fc.oneof(
  fc.record({ kind: fc.constant("text" as const), most: fc.integer({ min: 1, max: 200 }), hint: text }),
  fc.record({ kind: fc.constantFrom("date" as const, "time" as const) }),
  fc.record({ kind: fc.constant("choice" as const), options: fc.array(option, { minLength: 1, maxLength: 120 }) }),
);
const field: fc.Arbitrary<Field> = fc.record({
  id,
  label: text,
  value: fc.oneof(text, id, fc.constantFrom("2026-10-06", "10:00", "")),
  isOptional: fc.boolean(),
  input,
});
const said = {
  say: text,
  asides: fc.array(text, { maxLength: 5, size: "max" }),
  buttons: fc.array(button, { maxLength: 12, size: "max" }),
};
const contact: fc.Arbitrary<Contact> = fc.record({
  name: text,
  country: fc.constantFrom(null, "GB", "CA", "??"),
  call: fc.option(text),
  text: fc.option(text),
  url,
  hours: fc.option(text),
});

/** An answer with up to `sentences` sentences and `citations` citations, each cited at least once. */
const answer = fc
  .record({
    ...said,
    kind: fc.constant("answer" as const),
    entries,
    cited: fc.array(fc.record({ label: text, url }), { minLength: 1, maxLength: 200, size: "max" }),
    sentences: fc.array(fc.record({ text, heading: fc.option(text, { freq: 6 }) }), {
      minLength: 1,
      maxLength: 80,
      size: "max",
    }),
  })
  .map(({ cited, sentences, ...rest }): Reply => {
    const citations = cited.map((one, at): Citation => ({ ...one, n: at + 1, source: "s", passage: `P${at + 1}` }));
    const body = sentences.map((one, at) => {
      const own = citations.map(({ n }) => n).filter((n) => n % sentences.length === at);
      return { ...one, cites: [own[0] ?? 1, ...own.slice(1)] as const };
    });
    const [first, ...others] = body;
    const [source, ...sources] = citations;
    if (first === undefined || source === undefined) throw new Error("generated without a sentence or a source");
    return { ...rest, body: [first, ...others], citations: [source, ...sources] };
  });

/** A reply of any kind, from nothing at all to far too much. */
export const anyReply: fc.Arbitrary<Reply> = fc.oneof(
  { weight: 4, arbitrary: answer },
  fc.record({ ...said, kind: fc.constant("choices" as const), entries }),
  fc.record({ ...said, kind: fc.constant("note" as const), why: id }),
  fc.record({
    ...said,
    kind: fc.constant("list" as const),
    why: id,
    rows: fc.array(fc.record({ title: text, gist: text, button }), { maxLength: 60, size: "max" }),
  }),
  fc.record({
    ...said,
    kind: fc.constant("form" as const),
    why: id,
    token: id,
    send: text,
    isPrivate: fc.boolean(),
    fields: fc.uniqueArray(field, { maxLength: 20, selector: (one) => one.id }),
  }),
  fc.record({
    ...said,
    kind: fc.constant("crisis" as const),
    contacts: fc.array(contact, { maxLength: 60, size: "max" }),
  }),
);
