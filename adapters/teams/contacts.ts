/** The reply to someone in danger: what to do, and whom to reach, with nothing beside it. Numbers stay exactly as written. */
import { blocks as plainBlocks } from "#src/plain.ts";
import type { Reply } from "#src/reply.ts";
import { limits } from "./budget.ts";
import type { Element } from "./card.ts";
import { heading, lines, quiet, run } from "./card-parts.ts";
import type { Extent } from "./extent.ts";
import { addressOf, bold, clip, escaped, link, oneLine, paragraphs } from "./markdown.ts";
import { words } from "./words.ts";

type Crisis = Extract<Reply, { kind: "crisis" }>;

// As many characters of one contact as anybody could read then.
const longestLine = 500;

/** A way to reach someone, and its own address where it has one. */
type Line = { readonly before: string; readonly url: string };
type Group = { readonly country: string; readonly lines: readonly Line[] };

/** The first contacts by country, in their order. */
function groupsOf(reply: Crisis, count: number): readonly Group[] {
  const urls = reply.contacts.flatMap(({ url }) => url ?? []);
  const drawn = plainBlocks({ ...reply, say: "", asides: [], contacts: reply.contacts.slice(0, count) });
  return drawn.flatMap((block, at) =>
    block.style === "strong"
      ? [{ country: drawn[at - 1]?.lines.join(" ") ?? "", lines: block.lines.map(splitAt(urls)) }]
      : [],
  );
}

const splitAt =
  (urls: readonly string[]) =>
  (line: string): Line => {
    const url = urls.find((one) => addressOf(one) !== null && line.endsWith(one)) ?? "";
    return { before: line.slice(0, line.length - url.length), url };
  };

type Shown = Pick<Extent, "say" | "items">;

/** All of it in Markdown. What to do first stands at the end as well, since a chat shows the end of what is long. */
export function contactsInText(reply: Crisis, { say, items }: Shown): readonly string[] {
  return [
    ...paragraphs(clip(reply.say, say)),
    ...groupsOf(reply, items).flatMap((group) => [
      ...bold(group.country, longestLine),
      group.lines.map(({ before, url }) => `- ${escaped(clip(before, longestLine))}${linked(url)}`).join("\n"),
    ]),
    ...(items < reply.contacts.length ? [words.moreContacts] : []),
    ...paragraphs(clip(reply.asides.join("\n"), limits.asides)),
    ...(reply.contacts.length > 3 ? paragraphs(oneLine(firstOf(reply), longestLine)) : []),
  ];
}

const linked = (url: string): string => {
  const shown = url === "" ? null : link(url);
  return shown === null ? "" : ` ${shown}`;
};

const firstOf = ({ say }: Crisis): string => say.split("\n")[0] ?? "";

/** The same in a card, in lines that are easily read. */
export function contactsInCard(reply: Crisis, { say, items }: Shown): readonly Element[] {
  return [
    ...lines(clip(reply.say, say), { size: "Medium" }),
    ...groupsOf(reply, items).flatMap((group): Element[] => [
      ...heading(group.country, longestLine),
      ...group.lines.map(
        ({ before, url }): Element => ({
          type: "RichTextBlock",
          inlines: [
            run(oneLine(before, longestLine) || "–", { size: "Medium" }),
            ...(url === "" ? [] : [run(" "), run(hostOf(url), { size: "Medium" }, url)]),
          ],
          spacing: "Small",
        }),
      ),
    ]),
    ...(items < reply.contacts.length ? quiet(words.moreContacts) : []),
    ...quiet(clip(reply.asides.join("\n"), limits.asides)),
  ];
}

const hostOf = (url: string): string => url.replace(/^https:\/\/(?:www\.)?/, "").replace(/\/$/, "");

// Beside a box that somebody types in, more would not be seen.
const longestWords = 1_500;

/** In plain words of at most 1,500 characters: what to do first, then the contacts in their order, as many as there is room for. */
export function crisisWords(reply: Crisis): string {
  const first = clip(firstOf(reply), longestWords / 3);
  const told = groupsOf(reply, reply.contacts.length).flatMap((group) => [
    sentence(oneLine(group.country, longestLine / 5)),
    ...group.lines.map(({ before, url }) => sentence(oneLine(before + url, longestLine))),
  ]);
  const whole = [first, ...told].join("\n");
  if (whole.length <= longestWords) return whole;
  const fitting = told.filter(
    (_, at) => [first, ...told.slice(0, at + 1), words.moreInChat].join("\n").length <= longestWords,
  );
  return [first, ...fitting, words.moreInChat].join("\n");
}

/** Teams may show all of it on one line. A full stop after an address would become part of it. */
const sentence = (line: string): string => (/[.:]$|https?:\S+$/.test(line) ? line : `${line}.`);
