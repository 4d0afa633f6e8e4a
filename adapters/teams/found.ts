/** What was found while someone types, as Teams lists it. The one that is chosen is put into their message as a card. */
import { answerOf } from "#src/conversation/browse.ts";
import type { Entry, Knowledge } from "#src/knowledge/entry.ts";
import type { Answer } from "#src/reply.ts";
import { limits, most, sizeOf } from "./budget.ts";
import type { Card, Element } from "./card.ts";
import { attached, cardOf, heading, quiet } from "./card-parts.ts";
import { bodyInCard, sourceLines, sourcesInWords, usedBy } from "./cited.ts";
import type { Attachment } from "./connector.ts";
import { clip, oneLine, tagless } from "./markdown.ts";
import { words } from "./words.ts";

/** The line of the list. */
type Preview = {
  readonly contentType: "application/vnd.microsoft.card.thumbnail";
  readonly content: { readonly title: string; readonly text: string };
};

type Result = Attachment & { readonly preview: Preview };

/** The body that answers a search. `message`: words beside the box, with nothing to choose. */
export type Found = {
  readonly composeExtension:
    | { readonly type: "result"; readonly attachmentLayout: "list"; readonly attachments: readonly Result[] }
    | { readonly type: "message"; readonly text: string };
};

const mostResults = 10;

/** Lists up to ten entries, in at most 26,000 bytes; for none, says so. */
export function foundResponse(entries: readonly Entry[], knowledge: Knowledge): Found {
  if (entries.length === 0) return { composeExtension: { type: "message", text: words.nothingFound } };
  const answers = entries.slice(0, mostResults).map((entry) => answerOf([entry], knowledge));
  const list = (draw: (answer: Answer) => Card): Found => ({
    composeExtension: {
      type: "result",
      attachmentLayout: "list",
      attachments: answers.map((answer) => ({ ...attached(draw(answer)), preview: previewOf(answer) })),
    },
  });
  const whole = list((answer) => cardOfAnswer(answer, knowledge.version, answer.body.length));
  if (isRight(whole)) return whole;
  const share = Math.floor(limits.found / answers.length) - forPreview;
  return list((answer) => {
    const first = (count: number) => cardOfAnswer(answer, knowledge.version, Math.max(count, 1));
    return first(most(answer.body.length, first, (card) => sizeOf(card) <= share));
  });
}

const isRight = (found: Found): boolean => sizeOf(found) <= limits.found;

const longestTitle = 80;
const longestText = 120;
const longestSource = 60;
// Bytes of one preview and of what is around it, where each character takes one.
const forPreview = 600;

function previewOf({ entries, body, citations }: Answer): Preview {
  // Who and when: the section and the sentence are in the card.
  const source = tagless(/^.*?\([^)]*\)/.exec(citations[0].label)?.[0] ?? citations[0].label, longestSource);
  return {
    contentType: "application/vnd.microsoft.card.thumbnail",
    content: {
      title: tagless(entries[0].title, longestTitle),
      text: `${tagless(body[0].text, longestText)} – ${source}`,
    },
  };
}

/** The first sentences, with their sources, and what they come from. */
function cardOfAnswer(answer: Answer, version: string, count: number): Card {
  const body = answer.body.slice(0, count);
  const used = usedBy(body, answer.citations);
  const elements: readonly Element[] = [
    ...heading(answer.entries[0].title, limits.heading),
    ...bodyInCard(body),
    ...(count < answer.body.length ? quiet(words.isShortened) : []),
    ...heading(words.sources, limits.heading, "Small"),
    ...sourceLines(used, true),
    ...quiet(words.from(version)),
  ];
  const said = `${oneLine(answer.entries[0].title, limits.heading)}\n${body.map(({ text }) => text).join(" ")}`;
  return cardOf(elements, `${clip(said, longestFallback)}\n${clip(sourcesInWords(used), longestFallback)}`);
}

const longestFallback = 400;
