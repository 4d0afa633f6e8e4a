/** What fits: Slack's limits, blocks that keep them, and a way to find how much of something can be shown. */

import type { ContextBlock, HeaderBlock, KnownBlock, SectionBlock } from "@slack/types";
import { largest } from "#src/doors/largest.ts";
import { clean, clip, mrkdwn, pieces, plainText } from "./mrkdwn.ts";

/** Slack's limits in characters, blocks or elements, but for those that say otherwise. */
export const limits = {
  blocks: 50,
  viewBlocks: 100,
  /** Of one text object in a section or a context. */
  text: 3_000,
  header: 150,
  label: 75,
  value: 2_000,
  /** Slack takes 25; five are what a phone shows without scrolling far. */
  rowOfButtons: 5,
  /** Ours: so that buttons never crowd out what they belong to. */
  buttons: 50,
  /** Slack refuses a message at about 13,200 over all its blocks, and says nowhere what exactly it counts. */
  total: 13_000,
  /** Slack cuts the words beside the blocks at 40,000. */
  fallback: 39_000,
  viewTitle: 24,
  metadata: 3_000,
} as const;

/** Characters of all text objects inside, links and entities as they are written. */
export function weight(part: unknown): number {
  if (typeof part !== "object" || part === null) return 0;
  return Object.entries(part).reduce(
    (sum, [key, value]) => sum + (key === "text" && typeof value === "string" ? value.length : weight(value)),
    0,
  );
}

/** True for blocks that Slack takes as one message. */
export const fits = (blocks: readonly KnownBlock[]): boolean =>
  blocks.length <= limits.blocks && weight(blocks) <= limits.total;

/** The largest count, from 0 to `count`, whose blocks fit. Fewer never weigh more. */
export const most = (count: number, draw: (count: number) => readonly KnownBlock[]): number =>
  largest(count, (some) => fits(draw(some)));

/** Escaped parts joined with `gap` into as few texts as hold them. No part may be longer than a text. */
export function packed(parts: readonly string[], gap: string): readonly string[] {
  const texts: string[] = [];
  for (const part of parts) {
    const open = texts.at(-1);
    if (open !== undefined && open.length + gap.length + part.length <= limits.text)
      texts[texts.length - 1] = open + gap + part;
    else texts.push(part);
  }
  return texts.filter((text) => text.trim() !== "");
}

/** A section for each of the escaped texts. */
export const sections = (escaped: readonly string[]): readonly SectionBlock[] =>
  escaped.map((text) => ({ type: "section", text: mrkdwn(text) }));

/** Text of any length as sections, shown as it is. */
export const said = (text: string): readonly SectionBlock[] => sections(pieces(text, limits.text));

/** Escaped texts, small and grey: a block for each. */
export const quiet = (escaped: readonly string[]): readonly ContextBlock[] =>
  escaped.map((text) => ({ type: "context", elements: [mrkdwn(text)] }));

/** Text small and grey, cut to `max` characters; nothing where there are no words. */
export const aside = (text: string, max: number): readonly ContextBlock[] =>
  quiet(pieces(clip(text, max), limits.text));

/** A heading; nothing where there are no words. */
export const header = (text: string): readonly HeaderBlock[] =>
  clean(text).trim() === "" ? [] : [{ type: "header", text: plainText(text, limits.header) }];
