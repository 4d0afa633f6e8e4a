/** What is asked back, and why something is refused: each with a next step, never a guess. */
import type { AskAbout, RefusedFor } from "../wish.ts";

/** The question. */
export const questions: { readonly [K in AskAbout]: string } = {
  day: "On which day should it come?",
  time: "At what time should it come?",
  "am-pm": "In the morning or in the afternoon?",
  several: "I read more than one day or time in that, and a reminder has one of each. Which do you mean?",
  "how-often": "Should it come once, or again and again?",
  "weekday-or-date": "That date falls on another day of the week. Which do you mean?",
  "fortnight-or-nth": "That can be read in two ways: counted in weeks, or once a month. Which do you mean?",
  "date-order": "That date can be read in two ways. Which day do you mean?",
  words: "I did not understand all of that, and I would rather ask than guess. Could you say it another way?",
  target: "Which of your reminders do you mean? Say its number, such as “skip 2”.",
  "last-only": "That goes for the reminder that came last, so it needs no number.",
  "new-time": "When should it come instead?",
};

/** Why it cannot be done. */
export const refusals: { readonly [K in RefusedFor]: string } = {
  past: "That time is over already. Choose one that is still to come.",
  impossible: "There is no such day in the calendar.",
  never: "With that it would never come. Choose a later end, or at least one time.",
  "sub-daily": "I can remind you once a day at the most.",
  "too-far": "That is further ahead than I can plan. Choose a day within the next five years.",
  language: "I read reminders in English only. You can say it in English, or use the form.",
  client:
    "That looks as if it names a client, and I must not keep that. Leave the client out: “supervision” or “team meeting” is enough. For a colleague, write: supervision with Sam.",
  note: "That looks like a note about somebody, and I must not keep that. A reminder has a short, general label, such as “supervision”.",
  "no-schedule": "I found no day or time in that, so I have not set anything.",
  "bad-zone": "I do not know that time zone. Say it by a city.",
  "bad-time": "There is no such time of day.",
};

/** A phrase that works. */
export const forExample = (example: string): string => `You can say: ${example}`;

/** What is wrong with a field of the form, and what to do. */
export const fieldProblems = {
  often: "Choose how often it should come.",
  date: "The first day is not a day of the calendar. Write it as year, month and day, such as 2027-01-12.",
  time: "The time is not a time of day. Write it on a clock of 24 hours, such as 14:30.",
  ends: "The last day is not a day of the calendar. Write it as year, month and day, such as 2027-06-30, or leave it empty.",
  past: "The first time is over already. Choose a day or a time that is still to come.",
  endsFirst: "The last day comes before the first. Choose a later one, or leave it empty.",
  never: "With these days it would never come. Choose a later last day, or another first day.",
  longLabel: "What it is about has room for 60 characters. Make it shorter.",
  longPartner: "The name has room for 40 characters. Make it shorter.",
  partner:
    "Whom it is with should be a colleague’s name or role, such as “my supervisor”. I must not keep the name of a client or a note about somebody.",
  where: "Choose where it should come.",
} as const;
