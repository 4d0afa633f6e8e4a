/** What a reminder says when it comes, and what its owner is told when it can come no more. */
import { andOf } from "../calendar/words.ts";

/** The lines of a message that a reminder is. */
export const arrival = {
  due: (title: string, when: string) => `${title} is due: ${when}.`,
  again: (title: string) => `${title}, once more as you asked.`,
  late: (title: string, when: string) => `${title} was due on ${when}.`,
  /** Stands between the title and a sentence of the review. */
  along: "To bring along:",
  sorry: "I could not send it then.",
  missed: (count: number) =>
    count === 1 ? "One before it did not come either." : `${count} before it did not come either.`,
  also: (titles: readonly string[]) => `Due in the meantime as well: ${andOf(titles)}.`,
  saved: "Saved for supervision: what you kept since last time is among the buttons.",
  asked:
    "The last two went by without a word, which is quite all right. If the time does not suit you any more, Change moves it, and nobody is told.",
  anyone: "Anyone here may stop this reminder.",
} as const;

/** Told to the owner in private. `why` ends with a full stop. */
export const parked = (number: number, title: string, why: string): string =>
  `Your reminder number ${number}, ${title}, has stopped: ${why} You can change where it goes, or delete it.`;

/** The same where somebody in a conversation stopped it. */
export const stopped = (number: number, title: string, why: string): string =>
  `Your reminder number ${number}, ${title}, has stopped: ${why} You can start it again, change where it goes, or delete it.`;

/** It could not be told in time. */
export const startedAgain = (number: number, title: string): string =>
  `Your reminder number ${number}, ${title}, had stopped, and has been started again since.`;
