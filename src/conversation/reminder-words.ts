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
const day =
  "(?:mon|tue|tues|wed|weds|thu|thur|thurs|fri|sat|sun|monday|tuesday|wednesday|thursday|friday|saturday|sunday)s?";
const place = "(?:first|second|third|fourth|last|1st|2nd|3rd|4th)";
const schedule = new RegExp(
  `^(?:every|each|daily|weekly|monthly|fortnightly|biweekly|bi-weekly|quarterly|alternate|tomorrow|tonight|noon|weekdays|in \\d+ |(?:next |this |on )?${day}\\b|(?:on )?(?:the )?${place} (?:${day}|day|weekday|working day)|on the ${place}|(?:(?:my|our|peer|group|team|clinical) )*supervision (?:with|every|each|on|at|next|tomorrow|weekly|fortnightly|monthly))\\b`,
);
const clock =
  /\b(?:\d{1,2}(?:[:.]\d{2})? ?(?:am|pm)|\d{1,2}[:.]\d{2}|at (?:\d|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|noon|half|quarter)|noon|midday|half past \w+|o'?clock)\b/;
// Somebody's nights and days are told in the same words.
const aboutSomebody = /\b(?:clients?|patients?|he|she|they|wakes?|nightmares?|flashbacks?|feels?|cries|cried|panic)\b/;

// What is said to reminders that are there. One is told by its number, its day or "it"; other things are not theirs.
const which = `(?:(?:#|no\\.? ?|number |reminder )?\\d{1,3}|it|this one|the next(?: one)?|next|all|everything|all of them|(?:my |the |our )+(?:next )?(?:\\w+ )?(?:${day}|supervision|session|reminder)s?(?: .*)?|(?:every |each )?${day}(?: .*)?)`;
const until = "(?:until|till|for|to|on|at|by|from|again) .+";
const commands: readonly RegExp[] = [
  /^(?:list|list all|what(?:'s| is|s) next|forget me)$/,
  /^start (?:#|number |reminder )?\d{1,3} again$/,
  /^done (?:with )?(?:#|number |reminder )?\d{1,3}$/,
  /^delay (?:it |this |that )?(?:by|for|until|till) (?:\d|an? |half|tomorrow|noon).*$/,
  /^(?:done|all done|done it|it's done|its done|we met|we have met|mark (?:it |this |that )?(?:as )?done)$/,
  new RegExp(`^(?:skip|pause|resume|unpause|un-pause)(?: ${which})?(?: ${until})?$`),
  new RegExp(
    `^(?:cancel|delete|remove|move|reschedule|re-schedule|postpone|push|change|swap|edit) ${which}(?: ${until})?$`,
  ),
  new RegExp(`^stop (?:(?:#|number |reminder )?\\d{1,3}|(?:my |the |all )+(?:\\w+ )?reminders?)(?: ${until})?$`),
  /^stop (?:reminding|nudging|pinging) (?:me|us)\b/,
  /^(?:when|how long ago) (?:was|were|is|did) (?:(?:my|our|i|we) )*(?:last |next )?(?:(?:have|had|get) )?(?:my |our )?(?:last |next )?supervision(?: session| meeting)?(?: last)?$/,
  /^(?:(?:set|change|switch|what is|what's|which is) )?(?:my |our |the )?time ?-?zone\b(?: (?:is|to|as))? ?[\w/+-]*$/,
  /^(?:time ?zone|zone) [a-z]+\/[a-z_]+$/,
];

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
  if (isCommand(said)) return true;
  if (/\b(?:let|forget)\b/.test(said) && /\bdo(?:n't|nt| not) let me forget\b/.test(said)) return true;
  if (/^(?:(?:please|hey|hi|ok)[, ]+)?(?:don't|dont|do not) forget\b/.test(said)) return isTimed(said);
  if (waking.test(said)) return time.test(said);
  return schedule.test(said) && !said.endsWith("?") && isTimed(said);
}

/** Begins with a day, and says a time; or how often alone, as it always did. */
const isTimed = (said: string): boolean =>
  (clock.test(said) || (time.test(said) && !words(said).some((word) => asking.has(word)))) && !aboutSomebody.test(said);

function isCommand(said: string): boolean {
  const plain = said
    .replace(/^(?:(?:hey|hi|hello|ok|please|pls|can you|could you|would you)[, ]+)+/, "")
    .replace(/[ ,.!?]*(?:please|pls|thanks|thank you)?[ .!?]*$/, "");
  return commands.some((command) => command.test(plain));
}
