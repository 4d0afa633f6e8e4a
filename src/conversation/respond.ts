/** The assistant: one turn in, one reply out. Safety first, before anything else is looked at. */
import type { Answering } from "../answering/answer.ts";
import * as copy from "../copy.ts";
import type { Boundary, Entry, Knowledge } from "../knowledge/entry.ts";
import type { Button, Reply, Respond, Response } from "../reply.ts";
import { maxCharacters, reveal, type Said } from "../turn.ts";
import { answerOf, browseButton, exampleButtons, listOf, refTo, showButton } from "./browse.ts";
import { crisisReply } from "./crisis.ts";
import { hasClientDetails, withoutClientDetails } from "./details.ts";
import { type Intent, readIntent, readToken, tokenOf } from "./intent.ts";
import type { Safety } from "./safety.ts";

/** What the assistant is made of. */
export type Parts = { readonly knowledge: Knowledge; readonly answering: Answering; readonly safety: Safety };

/** Opens the assistant. Pure from here on, but for the time inside the turn. */
export function createAssistant(parts: Parts): Respond {
  return ({ said, person }) => {
    const typed = typedIn(said);
    // Before intent, search or storage: whatever else is broken, someone in danger is answered.
    const verdict = parts.safety(typed);
    if (verdict.lane === "now")
      return { reply: crisisReply(parts.knowledge.crisis, verdict, person.country ?? null), lane: "now" };
    const intent = intentOf(said, typed);
    return withAsides({ reply: fulfil(intent, typed, parts), lane: verdict.lane }, typed, parts.knowledge);
  };
}

/** What was meant. A question that was asked once more is one, whatever else its words could be. */
function intentOf(said: Said, typed: string): Intent {
  const isAsked = said.kind === "filled" && readToken(said.token).kind === "ask-without";
  const intent = said.kind === "text" || isAsked ? readIntent(typed) : readToken(said.token);
  if (isAsked && intent.kind === "reminder") return { kind: "question" };
  const isLookedUp = intent.kind === "question" || intent.kind === "other-script";
  return isLookedUp && hasClientDetails(typed) ? { kind: "ask-without" } : intent;
}

/** Whether someone may be at risk now, for a door that has room for nothing else. */
export const dangerIn =
  ({ safety }: Pick<Parts, "safety">) =>
  (said: Said): boolean =>
    safety(typedIn(said)).lane === "now";

/**
 * Whether the reply stands for something that is yet to be done with reminders, by `settle` of src/reminders. Where nobody
 * does it, its words say where reminders can be set.
 */
export const isWish = (reply: Reply): boolean => reply.kind === "note" && reply.why === wish;

const wish = "reminder";

/** All that the person typed in this turn; nothing for a button. */
function typedIn(said: Said): string {
  if (said.kind === "text") return reveal(said.text);
  return said.kind === "filled" ? Object.values(said.fields).map(reveal).join("\n") : "";
}

function fulfil(intent: Intent, typed: string, parts: Parts): Reply {
  const { knowledge } = parts;
  switch (intent.kind) {
    case "question":
      return answerTo(typed, parts);
    case "show":
      return shown(intent.entries, knowledge);
    case "browse":
      return browsed(intent.of, knowledge);
    case "start":
      return note("start", copy.opening, [...exampleButtons(knowledge), browseButton]);
    case "help":
      return note("help", copy.talk.help, [...exampleButtons(knowledge), browseButton]);
    case "about":
      return note("about", aboutOf(knowledge), [browseButton]);
    case "privacy":
      return note("privacy", copy.talk.privacy, [browseButton]);
    case "ask-without":
      return askWithout(typed);
    case "not-now":
      return note("ask-again", copy.askAgain, [browseButton]);
    case "reminder":
      return note(wish, copy.reminders, supervisionButtons(knowledge));
    case "nothing":
      return note("empty", copy.emptyQuestion, [...exampleButtons(knowledge), browseButton]);
    case "other-script":
      return abstention("not-understood", copy.otherScript, [], [...exampleButtons(knowledge), browseButton]);
    case "stale":
      return note("stale", copy.stale, [browseButton]);
    default:
      return intent satisfies never;
  }
}

function answerTo(question: string, { answering, knowledge }: Parts): Reply {
  const outcome = answering.ask(question);
  switch (outcome.kind) {
    case "answer":
      return {
        ...answerOf(outcome.entries, knowledge),
        asides: outcome.missing.map(({ topic }) => copy.alsoNotCovered(topic)),
      };
    case "choices": {
      const [first, ...rest] = outcome.entries;
      const say = copy.choices(outcome.entries.length);
      const buttons = [...outcome.entries.map(showButton), browseButton];
      return { kind: "choices", say, asides: [], buttons, entries: [refTo(first), ...rest.map(refTo)] };
    }
    case "not-covered":
      return notCovered(outcome.boundary, outcome.entries, knowledge);
    case "outside":
      return abstention("outside", copy.outside, [], [...exampleButtons(knowledge), browseButton]);
    case "not-understood": {
      const offered = outcome.entries.length > 0 ? outcome.entries.map(showButton) : exampleButtons(knowledge);
      const buttons = [...offered, browseButton];
      return abstention("not-understood", copy.notUnderstood, outcome.entries, buttons);
    }
    case "talk":
      return note(outcome.talk, copy.talk[outcome.talk], talkButtons(outcome.talk, knowledge));
    default:
      return outcome satisfies never;
  }
}

/** An honest no on a topic of the field: what the question itself is nearest to, if it is near to anything, then the curator's. */
function notCovered(boundary: Boundary, ranked: readonly Entry[], knowledge: Knowledge): Reply {
  const curated = boundary.nearest.flatMap((id) => knowledge.entries.find((entry) => entry.id === id) ?? []);
  const nearest = [...new Set([...ranked.slice(0, 1), ...curated, ...ranked])].slice(0, 3);
  const say = copy.notCovered(boundary.topic, nearest.length > 0, knowledge.sources.length === 1);
  return abstention(`not-covered:${boundary.id}`, say, nearest, [...nearest.map(showButton), browseButton]);
}

/** Those of the entries that are still there. */
function shown(ids: readonly string[], knowledge: Knowledge): Reply {
  const found = ids.flatMap((id) => knowledge.entries.find((entry) => entry.id === id) ?? []);
  const [first, ...rest] = new Set(found);
  return first === undefined ? note("stale", copy.stale, [browseButton]) : answerOf([first, ...rest], knowledge);
}

const aboutOf = ({ sources, entries, version }: Knowledge): string =>
  copy.about(
    sources.map(({ csl }) => csl.title),
    entries.length,
    version,
  );

function browsed(of: string | null, knowledge: Knowledge): Reply {
  const list = listOf(of, knowledge);
  if (list === null) return note("stale", copy.stale, [browseButton]);
  // A theme that nothing else belongs to is a list of itself: show it instead.
  return list.kind === "list" && list.rows.length === 1 && of !== null ? shown([of], knowledge) : list;
}

const talkButtons = (kind: string, knowledge: Knowledge): readonly Button[] =>
  kind === "thanks" || kind === "goodbye" ? [] : [...exampleButtons(knowledge), browseButton];

const supervisionButtons = ({ entries }: Knowledge): readonly Button[] =>
  entries.filter(({ id }) => id === "supervision" || id === "supervisors").map(showButton);

const note = (why: string, say: string, buttons: readonly Button[]): Reply => ({
  kind: "note",
  why,
  say,
  asides: [],
  buttons,
});

/** Asks for the question without a client's details. What is left of the words goes into a field, and into no token. */
function askWithout(typed: string): Reply {
  const value = withoutClientDetails(typed).replace(/\s+/g, " ");
  const { label, hint, send } = copy.askWithout;
  return {
    kind: "form",
    why: "client-details",
    say: copy.clientDetails(value !== ""),
    asides: [copy.deleteMessage],
    buttons: [browseButton],
    token: tokenOf({ kind: "ask-without" }),
    fields: [{ id: "question", label, value, isOptional: false, input: { kind: "text", most: maxCharacters, hint } }],
    send,
    isPrivate: true,
  };
}

const abstention = (why: string, say: string, entries: readonly Entry[], buttons: readonly Button[]): Reply => ({
  kind: "abstention",
  why,
  say,
  asides: [],
  buttons,
  entries: entries.map(refTo),
});

const isNotUnderstood = (reply: Reply): boolean => reply.kind === "abstention" && reply.why === "not-understood";

function withAsides({ reply, lane }: Response, typed: string, { crisis }: Knowledge): Response {
  const asides = [
    // What was not understood may have been a cry for help in other words, or in another language.
    ...(lane === "about" || isNotUnderstood(reply) ? [crisis.wording.aside] : []),
    ...detailsIn(typed, reply),
    ...(typed.length > maxCharacters ? [copy.cutShort] : []),
  ];
  return { reply: { ...reply, asides: [...reply.asides, ...asides] }, lane };
}

/** When it is about a reminder, a date is when it comes, and its label is kept. */
function detailsIn(typed: string, reply: Reply): readonly string[] {
  if (!isWish(reply)) return [];
  const undated = typed.replace(/\b\d{1,4}[/.-]\d{1,2}[/.-]\d{1,4}\b/g, " ");
  return hasClientDetails(undated) ? [copy.clientDetailsInReminder] : [];
}
