/** What local-slack can draw in place of what it cannot: markdown blocks, feedback buttons, tables, rich text, times. */
import { type Json, listOf, objectOf, textOf } from "./team.ts";

/** Behind the action id of the button that stands for a "no": two elements of one block may not share an id. */
export const negative = "#negative";

/** Blocks with ids, as Slack gives them to those that have none. */
export const withIds = (blocks: readonly Json[]): readonly Json[] =>
  blocks.map((block, index) => ({ ...block, block_id: block.block_id ?? `b${index}` }));

/** The same, drawn with what local-slack knows. */
export const drawable = (blocks: readonly Json[]): readonly Json[] => withIds(blocks).map(drawn);

function drawn(block: Json): Json {
  switch (block.type) {
    case "markdown":
      return section(block, mrkdwnOf(textOf(block.text)));
    case "context_actions":
      return { type: "actions", block_id: block.block_id, elements: listOf(block.elements).flatMap(buttons) };
    case "input": {
      const { type, action_id, initial_time } = objectOf(block.element);
      const instead = { type: "plain_text_input", action_id, initial_value: initial_time };
      return type === "timepicker" ? { ...block, element: instead } : block;
    }
    case "table":
    case "rich_text":
      return section(block, textsIn(block).join(" "));
    default:
      return block;
  }
}

const section = ({ block_id }: Json, text: string): Json => ({
  type: "section",
  block_id,
  text: { type: "mrkdwn", text: text === "" ? " " : text },
});

function buttons(element: Json): readonly Json[] {
  if (element.type !== "feedback_buttons") return [{ ...element, type: "button" }];
  return [
    { ...objectOf(element.positive_button), type: "button", action_id: element.action_id },
    { ...objectOf(element.negative_button), type: "button", action_id: `${textOf(element.action_id)}${negative}` },
  ];
}

const mrkdwnOf = (markdown: string): string =>
  markdown
    .replace(/^#+\s*(.*)$/gm, "*$1*")
    .replace(/\*\*(.+?)\*\*/g, "*$1*")
    .replace(/\[([^\]]+)\]\(([^)]+)\)/g, "<$2|$1>");

function textsIn(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(textsIn);
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([name, part]) =>
    name === "text" && typeof part === "string" ? [part] : textsIn(part),
  );
}
