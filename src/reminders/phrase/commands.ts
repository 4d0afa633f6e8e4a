/** Tells commands for reminders that are there from wishes for a new one. */

import type { Wish } from "../wish.ts";
import { lex } from "./lex.ts";
import { moveWish, pauseWish, plainWish, snoozeWish } from "./manage.ts";
import type { Moment } from "./outcome.ts";
import { zoneIn } from "./zone.ts";

/** The command, or null where there is none. `text` has its politeness taken off, but not "remind me"; `isBare`: it was nothing else. */
export function readCommand(text: string, moment: Moment, isBare = true): Wish | null {
  const said = text
    .replace(/(?:[\s,.!?]|\b(?:please|pls|plz|thanks|thank you|cheers|now)\b)+$/iu, "")
    .replaceAll("’", "'")
    .replaceAll(/\s+/g, " ");
  if (said === "") return text === "" && isBare ? { kind: "form" } : { kind: "help" };
  const lower = said.toLowerCase();
  for (const [pattern, wish] of plain) if (pattern.test(lower)) return wish;
  if (/^(?:done|completed?|finished|did)(?: with)? (?:#|no\.? ?|number |reminder )?\d{1,3}$/.test(lower))
    return lastOnly("done");
  if (/^(?:forget me|(?:delete|erase|remove|wipe) (?:all )?my (?:data|details|account))$/.test(lower))
    return { kind: "delete", target: { kind: "all" } };
  if (/^(?:stop|cancel|cancle|end|quit|unsubscribe|remove|delete|drop|scrap)(?: it)?$/.test(lower))
    return { kind: "ask", about: "target", draft: {}, readings: [], example: "delete 2" };
  return zoneWish(said) ?? snooze(said, moment) ?? manage(said, moment);
}

const lastOnly = (example: string): Wish => ({ kind: "ask", about: "last-only", draft: {}, readings: [], example });

const set = "(?:current |active |upcoming |set |scheduled |supervision |saved |existing |open )*";
const whose = "(?:all |of |my |our |the |any )*";
const thing = "(?:reminders?|supervisions?|sessions?|schedules?|appointments?)";

const plain: readonly (readonly [RegExp, Wish])[] = [
  [
    /^(?:help|help me|\?|usage|commands?|instructions?|examples?|info|what can (?:you|i) (?:do|say|type)|undo(?: (?:it|that|this))?|how does (?:this|it) work|how (?:do|can|to) (?:i |we |you )?(?:use|set|create|make|add|delete|cancel|change|edit|pause|remove|move|skip|snooze) .*)$/,
    { kind: "help" },
  ],
  [
    /^(?:form|new|add|create|set|set one up|new one|new reminder|add reminder|create reminder|set reminder)$/,
    { kind: "form" },
  ],
  [
    new RegExp(
      `^(?:list|ls|show|view|overview|upcoming|reminders?|schedule|agenda|all|show all|list all|show (?:me )?(?:them|everything)|list (?:them|everything)|${whose}${set}(?:reminders|schedule)|my ${set}${thing})$`,
    ),
    { kind: "list" },
  ],
  [
    new RegExp(
      `^(?:list|show|see|view|display|check|get|give|tell)(?: me| us)? (?:what )?${whose}${set}${thing}(?: list| overview)?(?: (?:i|we) have(?: set)?| that are (?:set|active))?$`,
    ),
    { kind: "list" },
  ],
  [
    new RegExp(
      `^(?:what|which|how many) ${whose}${set}${thing} (?:do i have|do we have|have i(?: got| set)?|have we(?: got| set)?|are there|are (?:set|active|on|running|scheduled|coming up|mine|there)|did i (?:set|make|create)|i have|exist|is next|are next)(?: set| set up| at the moment| right now| currently| coming up| scheduled| active)*$`,
    ),
    { kind: "list" },
  ],
  [
    new RegExp(
      `^(?:what|when|which)(?:'s| is| are|s)? (?:all )?(?:my|our|the)? ?(?:next |upcoming |coming )*${set}(?:reminders?|supervisions?|sessions?|one|meeting)(?: due| set| coming up| scheduled| again| please)?$`,
    ),
    { kind: "list" },
  ],
  [
    /^(?:do i have|have i got|have i|are there) (?:any |some )?(?:supervision )?(?:reminders?|supervisions?)(?: set| coming up| scheduled| active| at the moment)*$|^what(?:'?s| is) (?:scheduled|coming up|set|next|due)$|^when do (?:i|we) (?:next )?have supervision(?: next| again)?$|^when am i (?:next )?(?:due|having|seeing) .*supervis.*$/,
    { kind: "list" },
  ],
  [
    /^(?:all |it'?s |i'?m |i am |we are |that'?s )?done(?: it| that| this| with (?:it|that|supervision)| for today| today| thanks)*$|^(?:i |we )?(?:did|had|completed|finished|attended|held) (?:it|that|this|my supervision|our supervision|supervision|my session|our session|the session|the supervision)(?: today| already| this morning| this afternoon)?$|^(?:complete|completed|finished|we did|i did|we met|we've met|we have met|it happened|happened|it took place|took place|yes,? done|attended)(?: today)?$|^(?:mark|set|count|tick)(?: (?:it|this|that|this one|the last one|the session|supervision|off))*(?: as| to)? (?:done|complete|completed|off)$|^(?:my |our |the )?(?:supervision|session|meeting) (?:is |was |has been )?(?:done|took place|happened|went ahead|completed|complete|over|held)$/,
    { kind: "done" },
  ],
  [
    /^last(?: (?:one|time|session|supervision|supervision session|meeting))?$|^(?:when|what date|what day|how long ago) (?:was|were|is) (?:it )?.*\blast\b.*$|^when did (?:i|we) last (?:have|had|do|get|see|meet|go|attend|talk|receive|take|hold)\b.*$|^when did (?:i|we) (?:have|do|get|go to|attend) (?:my |our )?(?:supervision|session) last$|^how long (?:is it |has it been |have i gone |ago )?(?:since|without|was).*$|^(?:the )?date of (?:my |our )?last (?:supervision|session).*$|^(?:show|tell|give) (?:me )?(?:the date of )?(?:my |our |the )?last (?:supervision|session).*$/,
    { kind: "last" },
  ],
];

/** "My time zone is Europe/Berlin", "zone Europe/Paris", "I am in Europe/Paris now". */
function zoneWish(said: string): Wish | null {
  if (/^(?:what|which)(?:'s| is)? (?:my |the )?(?:current )?(?:time ?-?zone|tz|zone)\b/i.test(said))
    return { kind: "zone", zone: null };
  const named =
    /^(?:set |change |switch |use |update |make |put )?(?:my |our |the )?(?:time ?-?zone|tz|zone)\b(?: (?:is|to|as|now|=)(?=\s|$)| ?[:=])* ?(?<zone>.*)$/i.exec(
      said,
    ) ??
    /^(?:i am|i'm|we are|we're|i moved|i've moved|i have moved|use|switch|change|set me)(?: now)?(?: in| to)?(?: the)? (?<zone>[a-z]+\/[a-z_/]+)(?: time ?zone| now)?$/i.exec(
      said,
    ) ??
    /^(?:i am|i'm|i live|i work) (?:now )?in (?:the )?(?<zone>\S+(?: \S+)?) time ?zone$/i.exec(said);
  if (named === null) return null;
  const text = named.groups?.zone ?? "";
  if (text.trim() === "") return { kind: "zone", zone: null };
  const zone = zoneIn(text);
  return zone === null ? { kind: "refuse", why: "bad-zone", example: "zone Europe/Berlin" } : { kind: "zone", zone };
}

function snooze(said: string, moment: Moment): Wish | null {
  const match =
    /^(?:snooze|snoose|snoze)\b[\s:,]*(?<by>.*)$/i.exec(said) ??
    /^(?:remind|ping|nudge|tell) me (?:about (?:it|this|that) )?again\b\s*(?<by>(?:in|at|tomorrow|tonight|later|on)\b.*|)$/i.exec(
      said,
    ) ??
    /^(?:remind me|later|again)(?: (?:about (?:it|this) )?later)?\s*(?<by>)$/i.exec(
      said.replace(/^remind me$/i, "-"),
    ) ??
    /^again (?<by>in .*)$/i.exec(said) ??
    /^(?:put (?:it|this|that) off|(?:delay|postpone)(?: (?:it|this|that))?)(?: (?:for|by|until|till) )(?<by>.*)$/i.exec(
      said,
    );
  if (match === null) return null;
  if (/^(?:#|no\.? ?|number |reminder )?\d{1,3} (?:for|by|until|till|til|to)\b/i.test(match.groups?.by ?? ""))
    return lastOnly("snooze 30 min");
  return snoozeWish((match.groups?.by ?? "").replace(/^later$/i, ""), moment);
}

const verbs: readonly (readonly [RegExp, (rest: string, moment: Moment) => Wish])[] = [
  [/^(?:pause|pausing|hold|suspend|freeze|mute|put on hold|take a break from)\b/i, pauseWish],
  [
    /^(?:resume|un-?pause|continue|restart|re-?activate|un-?mute|start again|turn (?:back )?on|switch (?:back )?on|carry on with)\b/i,
    (rest) => plainWish("resume", rest, "resume 2"),
  ],
  [/^(?:skip|skp|leave out|miss out|omit)\b/i, (rest) => plainWish("skip", rest, "skip next")],
  [
    /^(?:move|swap|rearrange|reschedule|re-schedule|shift|push(?: back)?|change|edit|update|switch|postpone|bring forward|amend|adjust)\b/i,
    moveWish,
  ],
  [
    /^(?:delete|del|remove|cancel|cancle|cancell|stop|clear|erase|drop|end|unsubscribe(?: from)?|turn off|switch off|get rid of|scrap|disable|discard|bin|no more|forget about)\b/i,
    stopWish,
  ],
];

function manage(said: string, moment: Moment): Wish | null {
  if (/^put (?:(?:#|no\.? ?|number |reminder )?\d{1,3}|it|all|them|everything) on hold\b/i.test(said))
    return pauseWish(said.replace(/^put /i, "").replace(/on hold/i, ""), moment);
  if (/^(?:set|make|put) (?:#|no\.? ?|number |reminder )?\d{1,3} (?:to|at|on|for)\b/i.test(said))
    return moveWish(said.replace(/^\S+ /, ""), moment);
  if (
    /^(?:stop (?:reminding|nudging|pinging|messaging|sending) (?:me|us)|(?:don't|do not|dont) (?:remind|ping|message) me)(?: any ?more| about (?:it|this|that|supervision)| of (?:it|this)| reminders| at all)*$/i.test(
      said,
    )
  ) {
    return { kind: "delete", target: { kind: "all" } };
  }
  const started = /^start (?<rest>.+) again$/i.exec(said)?.groups?.rest;
  if (started !== undefined) return plainWish("resume", started, "resume 2");
  for (const [pattern, read] of verbs) {
    const match = pattern.exec(said);
    if (match === null) continue;
    const rest = said.slice(match[0].length).replace(/^[\s:,]+/, "");
    // "End of the month at 9" and "change the bed every Monday at 9" are no commands.
    return isOther(match[0], rest) ? null : read(rest, moment);
  }
  return null;
}

/** Whether a verb stands at the head of something else than a command. */
function isOther(verb: string, rest: string): boolean {
  if (/^(?:end|drop|hold|continue|push|miss)$/i.test(verb) && /^(?:of|in|by|at|on|with)\b/i.test(rest)) return true;
  if (/^(?:drop|push|hold)$/i.test(verb))
    return lex(rest)[0]?.kind !== "number" && !/^(?:it|all|my|the|this|next)\b/i.test(rest);
  return false;
}

function stopWish(rest: string, moment: Moment): Wish {
  const example = "delete 2";
  const about = rest.replace(/^(?:reminding|nudging|pinging|sending) (?:me|us)(?: about| of| for)?\s*/i, "");
  if (/^(?:my |our |the |these |those |sending |getting |any |more )*(?:supervision )?reminders$/i.test(about))
    return { kind: "delete", target: { kind: "all" } };
  // To stop for a while is to pause.
  if (
    /\b(?:until|till|for (?:a|an|the next|\d+|one|two|three|four|five|six) ?(?:day|week|month|fortnight|couple)?)/i.test(
      about,
    )
  ) {
    const wish = pauseWish(about, moment);
    return wish.kind === "pause" && wish.until !== null
      ? wish
      : { kind: "ask", about: "target", draft: {}, readings: [], example };
  }
  return plainWish("delete", about, example);
}
