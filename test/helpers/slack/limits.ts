/** What Slack refuses: the limits of messages, blocks and views, each with the error that Slack answers. */
import { type Json, listOf, objectOf, textOf } from "./team.ts";

/** An answer of refusal, or null where all is within limits. */
export type Refusal = Json | null;

const refused = (error: string, ...messages: readonly string[]): Json => ({
  ok: false,
  error,
  ...(messages.length === 0 ? {} : { response_metadata: { messages: messages.map((line) => `[ERROR] ${line}`) } }),
});

/** Characters of a message's blocks together. Measured by others, not documented. */
const mostCharacters = 13_200;

const inMessages = new Set(
  "actions context context_actions divider file header image input markdown rich_text section table video".split(" "),
);
const inViews = new Set("actions alert context divider header image input rich_text section video".split(" "));

/** Looks at the arguments of chat.postMessage, chat.postEphemeral and chat.update. */
export function refusalOfMessage(args: Json): Refusal {
  const text = textOf(args.text);
  if (text === "" && args.markdown_text === undefined && !hasAny(args.blocks) && !hasAny(args.attachments))
    return refused("no_text");
  if (text.length > 40_000) return refused("msg_too_long");
  if (args.metadata !== undefined) {
    const { event_type, event_payload } = objectOf(args.metadata);
    if (typeof event_type !== "string" || typeof event_payload !== "object" || event_payload === null)
      return refused("invalid_metadata_format");
  }
  if (args.blocks === undefined) return null;
  if (!Array.isArray(args.blocks)) return refused("invalid_blocks_format");
  if (args.blocks.length > 50) return refused("invalid_blocks", "no more than 50 items allowed [json-pointer:/blocks]");
  const wrong = wrongIn(listOf(args.blocks), inMessages, "/blocks");
  if (wrong.length > 0) return refused("invalid_blocks", ...wrong);
  return characters(args.blocks) > mostCharacters ? refused("msg_blocks_too_long") : null;
}

/** Looks at a view of views.open, views.update, views.push and views.publish. */
export function refusalOfView(given: unknown, kind: "modal" | "home"): Refusal {
  const view = objectOf(given);
  const blocks = listOf(view.blocks);
  const wrong = [
    ...(view.type === kind ? [] : [`must be a valid enum value [json-pointer:/view/type]`]),
    ...(blocks.length > 100 ? ["no more than 100 items allowed [json-pointer:/view/blocks]"] : []),
    ...tooLong(view.private_metadata, 3_000, "/view/private_metadata"),
    ...tooLong(view.callback_id, 255, "/view/callback_id"),
    ...(kind === "modal" ? titles(view, blocks) : []),
    ...wrongIn(blocks, inViews, "/view/blocks"),
  ];
  if (wrong.length > 0) return refused("invalid_arguments", ...wrong);
  return JSON.stringify(view).length > 250_000 ? refused("view_too_large") : null;
}

function titles(view: Json, blocks: readonly Json[]): readonly string[] {
  const title = textOf(objectOf(view.title).text);
  const hasInput = blocks.some(({ type }) => type === "input");
  return [
    ...(title === "" ? ["missing required field: title [json-pointer:/view]"] : []),
    ...["title", "submit", "close"].flatMap((name) =>
      tooLong(objectOf(view[name]).text, 24, `/view/${name}/text`, "plain_text", objectOf(view[name]).type),
    ),
    ...(hasInput && view.submit === undefined ? ["missing required field: submit [json-pointer:/view]"] : []),
  ];
}

function wrongIn(blocks: readonly Json[], known: ReadonlySet<string>, at: string): readonly string[] {
  const ids = blocks.flatMap(({ block_id }) => (block_id === undefined ? [] : [textOf(block_id)]));
  const twice = ids.find((id, index) => ids.indexOf(id) !== index);
  return [
    ...(twice === undefined ? [] : [`block_id already exists [json-pointer:${at}]`]),
    ...blocks.flatMap((block, index) => wrongInBlock(block, known, `${at}/${index}`)),
  ];
}

function wrongInBlock(block: Json, known: ReadonlySet<string>, at: string): readonly string[] {
  const type = textOf(block.type);
  if (!known.has(type)) return [`unsupported type: ${type} [json-pointer:${at}/type]`];
  const elements = elementsOf(block);
  const actions = elements.flatMap(({ action_id }) => (action_id === undefined ? [] : [textOf(action_id)]));
  return [
    ...tooLong(block.block_id, 255, `${at}/block_id`),
    ...wrongInText(block, type, at),
    ...elements.flatMap((element, index) => wrongInElement(element, `${at}/elements/${index}`)),
    ...(actions.some((id, index) => actions.indexOf(id) !== index)
      ? [`action_id already exists within this block [json-pointer:${at}]`]
      : []),
  ];
}

const mostElements: Readonly<Record<string, number>> = { actions: 25, context: 10, context_actions: 5 };

function wrongInText(block: Json, type: string, at: string): readonly string[] {
  const count = Array.isArray(block.elements) ? block.elements.length : 0;
  const most = mostElements[type];
  const counted =
    most === undefined || (count >= 1 && count <= most)
      ? []
      : [`1 to ${most} items allowed [json-pointer:${at}/elements]`];
  switch (type) {
    case "section":
      return [
        ...(block.text === undefined && !hasAny(block.fields) ? [`missing text or fields [json-pointer:${at}]`] : []),
        ...(block.text === undefined ? [] : textWrong(block.text, 3_000, `${at}/text`)),
        ...(listOf(block.fields).length > 10 ? [`no more than 10 items allowed [json-pointer:${at}/fields]`] : []),
        ...listOf(block.fields).flatMap((field, index) => textWrong(field, 2_000, `${at}/fields/${index}`)),
      ];
    case "header":
      return textWrong(block.text, 150, `${at}/text`, ["plain_text"]);
    case "markdown":
      return block.text === ""
        ? [`must be more than 0 characters [json-pointer:${at}/text]`]
        : tooLong(block.text, 12_000, `${at}/text`);
    case "input":
      return textWrong(block.label, 2_000, `${at}/label`, ["plain_text"]);
    case "context":
      return [
        ...counted,
        ...listOf(block.elements).flatMap((part, index) =>
          part.type === "image" ? [] : textWrong(part, 3_000, `${at}/elements/${index}`),
        ),
      ];
    default:
      return counted;
  }
}

function wrongInElement(element: Json, at: string): readonly string[] {
  const options = listOf(element.options);
  const mostOptions = element.type === "radio_buttons" || element.type === "checkboxes" ? 10 : 100;
  return [
    ...tooLong(element.action_id, 255, `${at}/action_id`),
    ...tooLong(element.value, 2_000, `${at}/value`),
    ...tooLong(element.url, 3_000, `${at}/url`),
    ...wrongInInput(element, options, at),
    ...(element.type === "button" ? textWrong(element.text, 75, `${at}/text`, ["plain_text"]) : []),
    ...["positive_button", "negative_button"].flatMap((name) =>
      element[name] === undefined
        ? []
        : wrongInElement({ ...objectOf(element[name]), type: "button" }, `${at}/${name}`),
    ),
    ...(options.length > mostOptions ? [`no more than ${mostOptions} items allowed [json-pointer:${at}/options]`] : []),
    ...options.flatMap((option, index) => [
      ...textWrong(option.text, 75, `${at}/options/${index}/text`),
      ...tooLong(option.value, 150, `${at}/options/${index}/value`),
    ]),
  ];
}

/** Pickers, selects and boxes to type in. */
function wrongInInput(element: Json, options: readonly Json[], at: string): readonly string[] {
  const isWrong = (name: string, shape: RegExp) => element[name] !== undefined && !shape.test(textOf(element[name]));
  const initial = objectOf(element.initial_option).value;
  return [
    ...(element.placeholder === undefined
      ? []
      : textWrong(element.placeholder, 150, `${at}/placeholder`, ["plain_text"])),
    ...(isWrong("initial_date", /^\d{4}-\d{2}-\d{2}$/) ? [`must be a date [json-pointer:${at}/initial_date]`] : []),
    ...(isWrong("initial_time", /^\d{2}:\d{2}$/) ? [`must be a time [json-pointer:${at}/initial_time]`] : []),
    ...(isWrong("max_length", /^(?:[1-9]\d{0,2}|[12]\d{3}|3000)$/)
      ? [`must be 1 to 3000 [json-pointer:${at}/max_length]`]
      : []),
    ...(textOf(element.initial_value).length > Number(element.max_length ?? 3_000)
      ? [`must be no longer than max_length [json-pointer:${at}/initial_value]`]
      : []),
    ...(element.type === "static_select" && options.length === 0
      ? [`must have options [json-pointer:${at}/options]`]
      : []),
    ...(element.initial_option !== undefined && !options.some(({ value }) => value === initial)
      ? [`must be one of the options [json-pointer:${at}/initial_option]`]
      : []),
  ];
}

/** Everything in a block that can be pressed or chosen. */
const elementsOf = (block: Json): readonly Json[] => [
  ...(block.type === "actions" || block.type === "context_actions" ? listOf(block.elements) : []),
  ...(block.accessory === undefined ? [] : [objectOf(block.accessory)]),
  ...(block.type === "input" ? [objectOf(block.element)] : []),
];

function textWrong(given: unknown, most: number, at: string, kinds = ["plain_text", "mrkdwn"]): readonly string[] {
  const { type, text } = objectOf(given);
  if (!kinds.includes(textOf(type)))
    return [`must be a text object of ${kinds.join(" or ")} [json-pointer:${at}/type]`];
  if (textOf(text) === "") return [`must be more than 0 characters [json-pointer:${at}/text]`];
  return tooLong(text, most, `${at}/text`);
}

function tooLong(given: unknown, most: number, at: string, kind?: string, actual?: unknown): readonly string[] {
  if (given === undefined || given === null) return [];
  if (kind !== undefined && actual !== kind) return [`must be ${kind} [json-pointer:${at}]`];
  return textOf(given).length > most ? [`must be less than ${most + 1} characters [json-pointer:${at}]`] : [];
}

const hasAny = (list: unknown): boolean => Array.isArray(list) && list.length > 0;

/** Characters of every text in the blocks. */
function characters(value: unknown): number {
  if (Array.isArray(value)) return value.reduce<number>((sum, part) => sum + characters(part), 0);
  if (typeof value !== "object" || value === null) return 0;
  return Object.entries(value).reduce(
    (sum, [name, part]) => sum + (name === "text" && typeof part === "string" ? part.length : characters(part)),
    0,
  );
}
