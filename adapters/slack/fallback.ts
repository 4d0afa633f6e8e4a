/** A reply in words alone: for notifications, for screen readers, and where Slack will not have its blocks. */
import { plain, blocks as plainBlocks, stacked } from "#src/plain.ts";
import type { Reply } from "#src/reply.ts";
import { limits } from "./budget.ts";
import { clip, escaped } from "./mrkdwn.ts";
import { words } from "./words.ts";

/** All of the reply in words, below what stands before it. Where that is more than Slack takes, the sources at its end stay and the body is cut. */
export function fallbackOf(reply: Reply, before: string): string {
  const above = before === "" ? "" : `${before}\n\n`;
  // A form itself is in its window.
  const shown = reply.kind === "form" ? { ...reply, fields: [] } : reply;
  const whole = escaped(`${above}${plain(shown)}`).trim();
  if (whole === "") return words.wordless;
  if (whole.length <= limits.fallback) return whole;
  const [quietly = [], aloud = []] = [true, false].map((isQuiet) =>
    plainBlocks(reply).filter(({ style }) => (style === "quiet") === isQuiet),
  );
  const end = escaped(
    clip(
      stacked(quietly, ({ lines }) => lines.join("\n")),
      limits.fallback / 2,
    ),
  );
  const start = stacked(aloud, ({ lines }) => lines.join("\n"));
  return `${escaped(clip(`${above}${start}`, limits.fallback - end.length - 2))}\n\n${end}`;
}
