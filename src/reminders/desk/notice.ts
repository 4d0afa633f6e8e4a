/** What arrives when a reminder is due: a sentence of the review to bring along, and what can be said to it. */
import { answerOf } from "../../conversation/browse.ts";
import type { Entry, Knowledge, Sentence } from "../../knowledge/entry.ts";
import type { Answer, Button, Reply } from "../../reply.ts";
import { timeInWords } from "../calendar/describe.ts";
import { andOf } from "../calendar/words.ts";
import { lateMs } from "../late.ts";
import type { Claimed } from "../store.ts";
import { changeButton, resumeButton, titleOf } from "./read-back.ts";
import { labels, parkedFor } from "./say.ts";
import { arrival, parked, startedAgain, stopped } from "./say-arrival.ts";
import { tokenFor } from "./tokens.ts";

/** Entries whose sentences take turns: what the review says on supervision itself, and what is worth bringing to it. */
const takesTurns = ["supervision", "power-differentials", "specialist-knowledge", "effects-of-witnessing"] as const;

/** Draws it. `nowMs` is milliseconds since 1970-01-01 UTC: what is more than twelve hours late says so. */
export function notice(claimed: Claimed, nowMs: number, knowledge: Knowledge): Reply {
  if (claimed.occurrence.kind === "notice") return parkedNotice(claimed);
  const lead = leadOf(claimed, nowMs);
  const asides = asidesOf(claimed, nowMs, knowledge);
  const buttons = buttonsOf(claimed, knowledge);
  const along = sentenceFor(claimed.reminder.sent, knowledge);
  if (along === null) return { kind: "note", why: "reminder:due", say: lead, asides, buttons };
  return { ...cited(along, lead, knowledge), asides, buttons };
}

/** Whether what `notice` draws asks the owner, once, about two that went by without a word. */
export function wasAsked({ occurrence, reminder }: Claimed): boolean {
  const { unanswered, isAsked, place } = reminder;
  return occurrence.kind === "due" && place.isPrivate && unanswered >= 2 && !isAsked;
}

function leadOf({ occurrence, reminder }: Claimed, nowMs: number): string {
  const { schedule } = reminder;
  const title = titleOf(reminder);
  const when = timeInWords(occurrence.due, nowMs, schedule.zone);
  if (nowMs - occurrence.due.atMs > lateMs) return arrival.late(title, when);
  return occurrence.kind === "snooze" ? arrival.again(title) : arrival.due(title, when);
}

function asidesOf(claimed: Claimed, nowMs: number, knowledge: Knowledge): readonly string[] {
  const { occurrence, also, reminder } = claimed;
  const others = also.map((other) => titleOf(other));
  const isLate = nowMs - occurrence.due.atMs > lateMs;
  const more = [
    ...(occurrence.missed > 0 ? [arrival.missed(occurrence.missed)] : []),
    ...(others.length > 0 ? [arrival.also(others)] : []),
  ];
  return [
    ...(isLate || more.length > 0 ? [[...(isLate ? [arrival.sorry] : []), ...more].join(" ")] : []),
    ...(savedIn(claimed, knowledge).length > 0 ? [arrival.saved] : []),
    ...(wasAsked(claimed) ? [arrival.asked] : []),
    ...(reminder.place.isPrivate ? [] : [arrival.anyone]),
  ];
}

function buttonsOf(claimed: Claimed, knowledge: Knowledge): readonly Button[] {
  const { occurrence, reminder } = claimed;
  const occ = occurrence.id;
  const snooze: readonly Button[] = [
    { label: labels.snooze, token: tokenFor({ kind: "snooze", occurrence: occ, minutes: 60 }) },
    { label: labels.tomorrow, token: tokenFor({ kind: "snooze", occurrence: occ, minutes: "tomorrow" }) },
  ];
  if (!reminder.place.isPrivate)
    return [
      { label: labels.stop, token: tokenFor({ kind: "stop", id: reminder.id }) },
      ...snooze,
      changeButton(reminder),
    ];
  return [
    ...savedButtons(claimed, knowledge),
    { label: labels.done, token: tokenFor({ kind: "done", occurrence: occ }) },
    ...snooze,
    { label: labels.skipped, token: tokenFor({ kind: "skipped", occurrence: occ }) },
    changeButton(reminder),
  ];
}

/** With more than this, the buttons of saved topics hold several each: a message has room for 25 in all. */
const mostAlone = 12;
const together = 3;

function savedButtons(claimed: Claimed, knowledge: Knowledge): readonly Button[] {
  const saved = savedIn(claimed, knowledge);
  const size = saved.length > mostAlone ? together : 1;
  const groups = saved.flatMap((_, at) => (at % size === 0 ? [saved.slice(at, at + size)] : []));
  return groups.map((group) => ({
    label: andOf(group.map(({ title }) => title)),
    token: `show/${group.map(({ id }) => id).join(",")}`,
  }));
}

/** Those of them that the knowledge still has. */
const savedIn = ({ saved, reminder }: Claimed, { entries }: Knowledge): readonly Entry[] =>
  reminder.place.isPrivate ? saved.flatMap((id) => entries.find((entry) => entry.id === id) ?? []) : [];

type Along = { readonly entry: Entry; readonly sentence: Sentence };

/** Another one each time: first another entry, then, when all had their turn, its next sentence. */
function sentenceFor(sent: number, { entries }: Knowledge): Along | null {
  const turns = takesTurns.flatMap((id) => entries.find((entry) => entry.id === id) ?? []);
  const entry = turns[sent % turns.length];
  if (entry === undefined) return null;
  const sentences = entry.answer.filter(({ says }) => !isOpen.test(says) && !leans.test(says));
  const among = sentences.length > 0 ? sentences : entry.answer;
  const sentence = among[Math.floor(sent / turns.length) % among.length];
  return sentence === undefined ? null : { entry, sentence };
}

// One that leans on what was said before it says little by itself.
const leans = /^(?:It|So|They|This)\b|\b(?:also|too|such)\b/;
// What a source leaves open is good to know when asked, and nothing to bring along.
const isOpen = /\b(?:does not|gives no|names no)\b/;

function cited({ entry, sentence }: Along, lead: string, knowledge: Knowledge): Answer {
  const answer = answerOf([{ ...entry, answer: [sentence] }], knowledge);
  const [{ text, cites }] = answer.body;
  const heading = `${lead} ${arrival.along}`;
  return { ...answer, say: `${heading} ${text}`, body: [{ text, cites, heading }] };
}

/** Tells the owner, in private, that it comes no more, and why; or that it does, where it was started again before this came. */
function parkedNotice({ reminder }: Claimed): Reply {
  const { id, number, state, why } = reminder;
  const isStopped = why === "stopped";
  const buttons: readonly Button[] = [
    ...(isStopped ? [resumeButton(reminder)] : []),
    changeButton(reminder),
    { label: labels.delete, token: tokenFor({ kind: "delete", id }) },
  ];
  const says = state !== "parked" ? startedAgain : isStopped ? stopped : parked;
  const say = says(number, titleOf(reminder), parkedFor(why ?? ""));
  return { kind: "note", why: "reminder:parked", say, asides: [], buttons };
}
