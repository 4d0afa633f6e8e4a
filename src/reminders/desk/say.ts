/** What Bearings says about reminders: short, plain, and never more than has happened. */
import type { Button, Reply } from "../../reply.ts";

/** Words of buttons. */
export const labels = {
  undo: "Undo",
  change: "Change",
  pause: "Pause",
  resume: "Resume",
  skipNext: "Skip next",
  skip: "Skip",
  move: "Move",
  delete: "Delete",
  stop: "Stop this reminder",
  done: "Done",
  skipped: "Skip",
  notDone: "It did not take place",
  snooze: "Snooze 1 h",
  tomorrow: "Snooze to tomorrow",
  onlyNext: "Only the next one",
  fromThenOn: "All from then on",
  useForm: "Use the form",
  list: "My reminders",
  setAnother: "Set another",
  help: "How to say it",
  deleteAll: "Yes, delete all",
  keep: "Keep them",
  save: "Save for supervision",
  useZone: (zone: string) => `Use ${zone}`,
} as const;

/** A note; `what` says which, for tests and programs. */
export const note = (what: string, say: string, buttons: readonly Button[] = []): Reply => ({
  kind: "note",
  why: `reminder:${what}`,
  say,
  asides: [],
  buttons,
});

/** Said where storage is away. Whether a change arrived there may be unknown, so nothing is claimed. */
export const away = note(
  "away",
  "I cannot reach what is kept at this moment, so I do not know whether that went through. Please look at your reminders in a minute, and say it again if it is not there.",
);

/** What has happened. */
export const did = {
  set: (number: number) => `Set, as number ${number}.`,
  changed: (number: number) => `Changed number ${number}.`,
  moved: (number: number) => `Moved number ${number}, from now on:`,
  movedOnce: (number: number) => `Moved number ${number}:`,
  paused: (number: number, until: string | null) =>
    until === null
      ? `Paused number ${number}. It does not come until you resume it.`
      : `Paused number ${number}. It comes again from ${until} on.`,
  resumed: (number: number) => `Number ${number} comes again.`,
  skipped: (number: number, day: string) => `Left out: number ${number} on ${day}.`,
  deleted: (number: number) => `Deleted number ${number}.`,
  deletedAll: (count: number, left: number) =>
    [
      ...(count === 0 ? [] : [`Deleted ${count === 1 ? "one reminder" : `${count} reminders`}.`]),
      left === 0
        ? "You have none now."
        : `${left === 1 ? "One" : left} changed in the same moment. Please say it once more.`,
    ].join(" "),
  undone: (number: number) => `Taken back. Number ${number} is as it was:`,
  unset: "Taken back. That reminder is not there any more.",
  back: (number: number) => `Number ${number} is there again.`,
  onlyOne: (from: string, to: string | null) =>
    to === null
      ? `The one on ${from} was moved, and has come already.`
      : `Only the one on ${from} moves: it comes on ${to}.`,
  onlyNumbers: (once: number, series: number, next: string | null, zone: string) =>
    `It is number ${once} now. Number ${series} is as it was${next === null ? "" : `, and comes on ${next}`}, in ${zone}.`,
  done: "Thank you. I have noted for you alone that it took place.",
  noted: "All right, that one is left out. Only you see this.",
  snoozed: (when: string) => `It comes once more on ${when}. The others stay as they are.`,
  stopped: "Stopped. It does not come here any more. Whoever set it can start it again.",
  kept: "All right. Your reminders stay as they are.",
  saved: "Kept for your next supervision. When you are reminded, it is there as a button.",
  zone: (zone: string) => `Your reminders go by ${zone} now. The time of day stays as it was.`,
} as const;

/** What is so. */
export const is = {
  next: (times: readonly string[]) => `Next: ${times.join("; ")}.`,
  noNext: "Nothing more of it is to come.",
  alone: "It comes to you alone.",
  here: "It comes to the conversation you chose, where anyone may stop it.",
  zoneDefault: (zone: string) =>
    `I do not know your time zone, so I go by ${zone}, the default here. To change it, say “my time zone is Europe/Paris”.`,
  zoneNow: (zone: string, from: string) => `Your reminders go by ${zone}, ${from}.`,
  zoneElsewhere: (theirs: string) =>
    `Your profile or computer says ${theirs}, and not all of these go by it. They stay as they are unless you change them.`,
  from: {
    chosen: "as you chose",
    profile: "as your profile has it",
    computer: "as your browser or computer has it",
    default: "the default here",
  },
  paused: (until: string | null) => (until === null ? "Paused until you resume it." : `Paused until ${until}.`),
  parked: (why: string) => `Stopped: ${why}`,
  list: (count: number) => (count === 1 ? "You have one reminder." : `You have ${count} reminders.`),
  empty: "You have no reminders yet.",
  last: (day: string) => `Your last one that you marked as done was on ${day}. Only you can see this.`,
  noLast:
    "You have not marked one as done yet. When a reminder comes, press Done after the session. Only you can see it.",
} as const;

/** What cannot be done, and what can. */
export const cannot = {
  full: "You have 50 reminders, which is as many as I keep for one person. Delete one first.",
  changedMeanwhile: "It was changed meanwhile, so I have left it as it is. This is how it stands:",
  gone: "That reminder is not there any more.",
  over: "Nothing of it would be left to come, so I have not changed anything.",
  noUndo: "There is nothing to take back any more. This is how it stands:",
  notYours: "That reminder is somebody else's, so I have left it as it is. What you may do with it is stop it.",
  notYoursAlone: "That reminder is somebody else's, so I have left it as it is.",
  noNumber: (number: number) => `You have no reminder with number ${number}.`,
  noLike: "I found none of your reminders like that.",
  nothingArrived: "No reminder has come to you in the last two days, so I do not know which one you mean.",
  oldArrival: "That one was deleted, or came too long ago for me to know it.",
  cameAlready: "That one has come already, so I have not moved anything.",
  needsForm: "That would change how often it comes, which is clearer in a form. Fill in how it should be.",
  none: "You have no reminders yet.",
  nothingToPause: "None of your reminders is running, so there is nothing to pause.",
  nothingToResume: "None of your reminders is paused.",
  nothingToSkip: "None of your reminders has a next time that could be left out.",
  pausedUntilPast:
    "That day is over or has begun. Choose one that is still to come, such as “pause 1 until 3 January”.",
  snoozeStopped: "That reminder has stopped, so I have not put it off. You can start it again.",
  snoozePast: "That time is over. Choose one that is still to come, such as “snooze 1 hour”.",
  saveUnknown: "That topic is not in my sources any more, so I could not keep it.",
  tryAgain: "It was changed in the same moment. Please press once more.",
  stale: "That button is from an older conversation and no longer leads anywhere.",
} as const;

/** What is asked back. */
export const ask = {
  which: "Which one do you mean?",
  deleteAll: (count: number) =>
    count === 1 ? "Shall I delete your one reminder?" : `Shall I delete all ${count} of your reminders?`,
  onlyOrAll: (next: string) => `Shall only the next one move, on ${next}, or all from then on?`,
  zone: "To choose another, say it by a city, such as “my time zone is Europe/Paris”.",
} as const;

/** How to set one and what else can be said. Both are phrases that work. */
export const howTo = (examples: readonly string[], commands: readonly string[]): string =>
  [
    "Say when you want to be reminded of supervision, or use the form. For example:",
    ...examples.map((example) => `• ${example}`),
    `Then, for those that you have: ${commands.join(" · ")}`,
    "To change your time zone: my time zone is Europe/Paris",
    "I keep the times, a short label and whom it is with. Please keep clients out of both.",
  ].join("\n");

/** Why a reminder cannot be brought to where it goes, by code; ends with a full stop. */
export function parkedFor(why: string): string {
  return Object.hasOwn(reasons, why) ? (reasons[why] ?? "") : "it could not be brought to where it goes.";
}

const noRoom = "the conversation it goes to is not there any more.";
const closed = "the app may not write in the conversation it goes to.";
const reasons: Readonly<Record<string, string>> = {
  stopped: "somebody in the conversation it goes to has stopped it.",
  is_archived: "the channel it goes to has been archived.",
  channel_not_found: noRoom,
  not_in_channel: "the app is not in the channel it goes to. Add it there, then resume the reminder.",
  restricted_action: closed,
  cannot_dm_bot: closed,
  messages_tab_disabled: closed,
  account_inactive: "the account it goes to is not active.",
  user_disabled: "the account it goes to is not active.",
  user_not_found: "the account it goes to is not there any more.",
  uninstalled: "the app was removed from the workspace.",
  token_revoked: "the app was removed from the workspace.",
  not_installed: "the app was removed from the workspace.",
  bot_blocked: "the app may not write in the chat it goes to. Unblock it or add it again, then resume the reminder.",
  conversation_gone: noRoom,
  unauthorised: "the app was not let in by the place it goes to. Tell whoever runs it, then resume the reminder.",
  defect: "something in it cannot be read. Delete it and set it anew; I am sorry for the trouble.",
};

/** Several findings, told together. */
export const together = (problems: readonly string[]): string =>
  problems.length === 1
    ? (problems[0] ?? "")
    : ["A few things need another look:", ...problems.map((one) => `• ${one}`)].join("\n");
