/** Reads a wish for a new reminder. */

import { userText } from "../../turn.ts";
import { inWords } from "../calendar/describe.ts";
import { dayOf, weekdayOf } from "../calendar/rule.ts";
import type { Draft, Schedule } from "../reminder.ts";
import type { AskAbout, Reading, RefusedFor, Wish } from "../wish.ts";
import { byDay } from "./by.ts";
import { phraseNear, phraseOf } from "./example.ts";
import { examples } from "./examples.ts";
import type { Fact } from "./facts.ts";
import { troubleInLabel, troubleInPartner } from "./label.ts";
import type { Opened } from "./opening.ts";
import type { Asking, Moment } from "./outcome.ts";
import { planOf } from "./plan.ts";
import { type Labelled, labelIn } from "./said-label.ts";
import { type Scanned, scan } from "./scan.ts";

/** What the words mean as a new reminder. `opened` is the message without its opening. */
export function readCreate({ rest, isAsked, isHere, isAgain }: Opened, moment: Moment): Wish {
  const scanned = scan(rest);
  const said = labelIn(rest, scanned);
  const facts = scanned.placed.map(({ fact }) => fact);
  const example = (schedules: readonly Schedule[]): string => exampleNear(schedules, facts, moment);
  const refuse = (why: RefusedFor): Wish => ({ kind: "refuse", why, example: example([]) });
  if (isForeign(rest, said, facts)) return refuse("language");
  if (facts.some((fact) => fact.kind === "sub-daily")) return refuse("sub-daily");
  const trouble = troubleIn(said);
  if (trouble === "client" || (trouble === "note" && !said.isOdd)) return refuse(trouble);
  const words: Omit<Draft, "schedule"> = {
    label: said.label === null ? null : userText(said.label),
    partner: said.partner === null ? null : userText(said.partner),
    isHere: isHere || facts.some((fact) => fact.kind === "here"),
  };
  const ask = (about: AskAbout, schedules: readonly Schedule[]): Wish => asked(about, schedules, words, example);
  const timely = scanned.placed.filter(({ fact }) => fact.kind !== "here");
  // What was not understood is no label either.
  if (said.isOdd || (said.isOnce && isEvery(scanned)) || isQuestion.test(rest))
    return asked("words", [], { ...words, label: null }, example);
  if (timely.length === 0) {
    if (!said.isSaid && isAsked) return { kind: "form" };
    return isAsked || isSupervision(rest) ? ask("day", []) : refuse("no-schedule");
  }
  const plan = planOf(timely, moment);
  if (plan.kind === "refuse") return refuse(plan.why);
  if (plan.kind === "ask") return ask(plan.about, schedulesOf(plan));
  if (scanned.isDoubtful && !isEvery(scanned)) return ask("several", [plan.value]);
  if (isAgain && plan.value.rule === null) return ask("how-often", [weekly(plan.value), plan.value]);
  return { kind: "create", draft: { ...words, schedule: plan.value } };
}

/** The same every week. */
const weekly = (once: Schedule): Schedule => ({
  ...once,
  rule: `FREQ=WEEKLY;${byDay([weekdayOf(dayOf(once.start.slice(0, 10)))])}`,
});

const schedulesOf = (plan: Asking): readonly Schedule[] =>
  plan.schedules.filter(
    (one, at) => plan.schedules.findIndex((other) => JSON.stringify(other) === JSON.stringify(one)) === at,
  );

const isEvery = ({ placed }: Scanned): boolean =>
  placed.some(({ fact }) => /^(?:every|weekdays|nths|month-days|yearly-on)$/.test(fact.kind));
// "Do I have supervision on Monday at 10?" sets nothing.
const isQuestion =
  /^(?:do|did|does|is|are|am|was|were|have|has|had|will|shall|should|why|who|which|what|how|where|when)\s+(?!(?:you|u)\b)\S/i;

const isSupervision = (text: string): boolean => /supervis|\bsession|\bmeeting|debrief|\bwith\b/i.test(text);

function asked(
  about: AskAbout,
  schedules: readonly Schedule[],
  words: Omit<Draft, "schedule">,
  example: (schedules: readonly Schedule[]) => string,
): Wish {
  const [first] = schedules;
  // A time that nobody said is no reading: it only fills the form in.
  const isChoice = about !== "time" || schedules.length > 1;
  const readings: readonly Reading[] = isChoice
    ? schedules.map((schedule) => ({ label: inWords(schedule), draft: { ...words, schedule } }))
    : [];
  const draft: Partial<Draft> = first === undefined ? words : { ...words, schedule: first };
  return { kind: "ask", about, draft, readings, example: example(schedules) };
}

function troubleIn({ label, partner }: Labelled): "client" | "note" | null {
  // Digits alone are a time that was not understood.
  const inLabel = label === null || !/\p{L}{2}|\p{L}\. ?\p{L}/u.test(label) ? null : troubleInLabel(label);
  const inPartner = partner === null ? null : troubleInPartner(partner, label);
  return inLabel === "client" || inPartner === "client" ? "client" : (inLabel ?? inPartner);
}

/** Whether it is in another language: by its letters, or by words that phrases about time have there. */
function isForeign(text: string, said: Labelled, facts: readonly Fact[]): boolean {
  const letters = text.match(/\p{L}/gu)?.length ?? 0;
  const latin = text.match(/\p{Script=Latin}/gu)?.length ?? 0;
  if (letters > 2 && latin < letters / 2) return true;
  if (said.foreign === 0) return false;
  const hasDay = facts.some((fact) => !/^(?:time|bad-time|part|midnight|here)$/.test(fact.kind));
  return said.foreign > 1 || !hasDay;
}

/** A phrase that is known to work at this moment. */
function exampleNear(schedules: readonly Schedule[], facts: readonly Fact[], moment: Moment): string {
  // Of three in the night and three in the afternoon, the afternoon.
  const awake = schedules.filter(({ start }) => start.slice(11) >= "07:00" && start.slice(11) < "21:00");
  const near = [...(awake.length > 0 ? awake : schedules).map(phraseOf), phraseNear(facts)];
  return near.find((phrase) => phrase !== null && isClear(phrase, moment)) ?? examples[0];
}

function isClear(phrase: string, moment: Moment): boolean {
  const { placed } = scan(phrase);
  return planOf(placed, moment).kind === "ok";
}
