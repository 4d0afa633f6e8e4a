/** The reply to someone in danger: what to do, and whom to reach, with nothing beside it. Numbers stay exactly as written. */
import type { KnownBlock } from "@slack/types";
import { blocks as plainBlocks } from "#src/plain.ts";
import type { Reply } from "#src/reply.ts";
import { aside, most, packed, quiet, said, sections } from "./budget.ts";
import { createButtons, rows } from "./buttons.ts";
import { clip, escaped, link } from "./mrkdwn.ts";
import { words } from "./words.ts";

type Crisis = Extract<Reply, { kind: "crisis" }>;

// As many characters of the fixed words, and of one contact, as anybody could read then.
const longestSay = 6_000;
const longestLine = 500;
const longestAsides = 1_500;

/** Opening words, contacts by country in their order, and the way out. Where not all contacts fit, it says so. */
export function drawContacts(reply: Crisis): readonly KnownBlock[] {
  const first = (count: number): readonly KnownBlock[] => {
    const draw = createButtons();
    return [
      // A paragraph for each line: it is read in haste.
      ...said(clip(reply.say.replace(/\n+/g, "\n\n"), longestSay)),
      ...groupsOf({ ...reply, contacts: reply.contacts.slice(0, count) }),
      ...(count === reply.contacts.length ? [] : quiet([words.moreContacts])),
      ...aside(reply.asides.join("\n"), longestAsides),
      // A chat shows the end of what is long: what to do first stands there as well.
      ...(reply.contacts.length > 3 ? said(clip(reply.say.split("\n")[0] ?? "", longestLine)) : []),
      ...rows(reply.buttons.flatMap((button) => draw(button))),
    ];
  };
  return first(most(reply.contacts.length, first));
}

function groupsOf(reply: Crisis): readonly KnownBlock[] {
  const urls = reply.contacts.flatMap(({ url }) => url ?? []);
  const drawn = plainBlocks({ ...reply, say: "", asides: [] });
  return drawn.flatMap(({ style, lines }, at) =>
    style === "strong" ? drawGroup(drawn[at - 1]?.lines.join(" ") ?? "", lines.map(splitAt(urls))) : [],
  );
}

/** A contact's line, and its own address where it has one. */
type Line = { readonly before: string; readonly url: string };

const splitAt =
  (urls: readonly string[]) =>
  (line: string): Line => {
    const url = urls.find((one) => one !== "" && line.endsWith(one)) ?? "";
    return { before: line.slice(0, line.length - url.length), url };
  };

// Slack would read these as bold, italics, code or a picture, and not show them: "*31#" would lose its star.
const styled = /[*_~`]|:[^\s:]+:/;

function drawGroup(heading: string, lines: readonly Line[]): readonly KnownBlock[] {
  if ([heading, ...lines.map(({ before }) => before)].some((text) => styled.test(text))) {
    const shown = lines.map(({ before, url }) => `• ${cleanClip(before + url)}`);
    return packed([cleanClip(heading), ...shown], "\n").map((text) => ({
      type: "section",
      text: { type: "plain_text", text, emoji: false },
    }));
  }
  return sections(packed([`*${escaped(clip(heading, longestLine))}*`, ...lines.map(drawLine)], "\n"));
}

const cleanClip = (text: string): string => clip(text, longestLine);

/** The address is a link that shows where it leads. */
const drawLine = ({ before, url }: Line): string =>
  `• ${escaped(clip(before, longestLine))}${url === "" ? "" : link(url, shortened(url))}`;

const shortened = (url: string): string => url.replace(/^https:\/\/(?:www\.)?/, "").replace(/\/$/, "");
