/** Phrases that work, shown in help, beside refusals and in tests. Each stands on its own, after "/supervision" or "remind me". */

/** Each of these sets a reminder. */
export const examples = [
  "every 2 weeks on Tuesday at 10:00",
  "first Monday of each month 14:30 with my supervisor",
  "fortnightly fri 3pm until 30 June",
  "tomorrow 9am",
  "every weekday at 8:30 for 6 times",
] as const;

/** Each of these does something with reminders that are there. */
export const commandExamples = [
  "list",
  "pause 2 until 3 January",
  "resume 2",
  "skip next",
  "snooze 15 min",
  "move 2 to Thursday 11:00",
  "delete 2",
  "delete all",
  "done",
] as const;
