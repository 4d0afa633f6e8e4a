/** Tells a wish for a reminder from a question. What the wish says exactly is read elsewhere. */
import { fold, words } from "../answering/normalise.ts";

// "remind", however it is spelt: remnid, rmnd, reminders.
const remind = /^re?m[in]{1,3}d(?:s|er|ers|ing)?$/;
const time =
  /\b(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm|h|hrs?|hours?|mins?|minutes?|o'?clock)\b|\d{1,2}[:.]\d{2}\b|at (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon)|half (?:past )?\d|noon|(?:every|each|next|on|this) (?:\w+ )?(?:day|weekday|week|month|fortnight|quarter|mon|tue|wed|thu|fri|sat|sun|\d)|daily|weekly|fortnightly|monthly|to?mor+ow|2moro|tonight|again later)/;
// Someone who asks what the review says is not making an appointment, whatever the words.
const aboutReview =
  /\b(?:review|paper|article|snapshot|stud(?:y|ies)|authors?|evidence|recommend\w*|themes?|they say|does it)\b/;
const adverbs = new Set(["again", "please", "pls", "just", "quickly", "once", "more", "kindly", "also", "too"]);
const asking = new Set(
  "what who whose which how why where when whether if did do does is are was were can could should".split(" "),
);
const people = new Set("me us him her them everyone everybody team".split(" "));
const managing =
  /\b(?:set|create|make|add|cancel|delete|remove|stop|list|show|pause|resume|change|move|edit|skip|mute|clear|turn|schedule|see|check|new|all|my|any|got|have|what|which|how many)\b/;
const waking =
  /\b(?:nudge|ping|alert|wake|buzz|prompt|message|tell|ask|remember) (?:me|us)\b|\balarm\b|\b(?:let me|i (?:must|should)n?'?t) forget\b/;
const schedule = /^(?:every|each|daily|weekly|monthly|fortnightly|tomorrow|noon|on the (?:first|last)|weekdays)\b/;

/** Whether this is a wish to be reminded, or about reminders that were set: "remind me what it says" is a question. */
export function isReminder(text: string): boolean {
  const said = fold(text);
  if (/^\/(?:remind|reminder|reminders|supervision|snooze)\b/.test(said)) return true;
  const spoken = words(text);
  const at = spoken.findIndex((word) => remind.test(word));
  if (at === -1) return isOtherWish(said);
  const word = spoken[at] ?? "";
  if (/ers?$/.test(word))
    return (
      !aboutReview.test(said) &&
      !(spoken[at + 1] === "of" && asking.has(spoken[at + 2] ?? "")) &&
      (at === 0 || managing.test(said) || time.test(said))
    );
  if (/ing$/.test(word)) return managing.test(said) && !aboutReview.test(said);
  const rest = spoken.slice(at + 1).filter((next) => !adverbs.has(next));
  if (!people.has(rest[0] ?? "") && rest[0] !== "my") return time.test(said) && !aboutReview.test(said);
  const next = rest[1] ?? "";
  if (asking.has(next)) return false;
  return next === "of" || aboutReview.test(said) ? time.test(said) : true;
}

function isOtherWish(said: string): boolean {
  if (/\bsnooze\b/.test(said)) return true;
  if (aboutReview.test(said)) return false;
  if (/\b(?:let|forget)\b/.test(said) && /\bdo(?:n't|nt| not) let me forget\b/.test(said)) return true;
  return time.test(said) && (waking.test(said) || (schedule.test(said) && !said.endsWith("?")));
}
