/** The parts of which cards are made. Text is shown as it is: runs know no Markdown, and dates are not filled in. */
import type { Card, Element, RichText, TextRun } from "./card.ts";
import type { Attachment } from "./connector.ts";
import { addressOf, clean, clip, oneLine } from "./markdown.ts";

type Style = Omit<TextRun, "type" | "text" | "selectAction">;

/** A card alone. `fallbackText` is what older clients show and screen readers may say. */
export const cardOf = (body: readonly Element[], fallbackText: string): Card => ({
  type: "AdaptiveCard",
  $schema: "http://adaptivecards.io/schemas/adaptive-card.json",
  version: "1.5",
  lang: "en",
  fallbackText: clip(fallbackText, longestFallback),
  msteams: { width: "Full" },
  body,
});

/** The card as it is sent. */
export const attached = (content: Card): Attachment => ({
  contentType: "application/vnd.microsoft.card.adaptive",
  content,
});

// All numbers of a reply to danger are within it.
const longestFallback = 4_000;

/** A run; with an address that people may be led to, a link. */
export function run(text: string, style: Style = {}, url: string | null = null): TextRun {
  const to = addressOf(url);
  return {
    type: "TextRun",
    text: shown(text),
    ...style,
    ...(to === null ? {} : { selectAction: { type: "Action.OpenUrl", url: to } }),
  };
}

/** Cards fill in dates and times in double braces, in runs too. */
const shown = (text: string): string => clean(text).replace(/\{(?=\{)/g, "{ ");

/** A block for each line that has words. */
export const lines = (text: string, style: Style = {}): readonly RichText[] =>
  clean(text)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "")
    .map((line) => ({ type: "RichTextBlock", inlines: [run(line, style)], spacing: "Small" }));

/** A heading of `max` characters at most; nothing where there are no words. */
export function heading(text: string, max: number, size: "Small" | "Medium" = "Medium"): readonly RichText[] {
  const title = oneLine(text, max);
  return title === ""
    ? []
    : [{ type: "RichTextBlock", inlines: [run(title, { weight: "Bolder", size })], spacing: "Medium" }];
}

/** Quiet lines. */
export const quiet = (text: string): readonly RichText[] => lines(text, { size: "Small", isSubtle: true });
