/** The knowledge base as types. What the files look like is in schema.ts; how they are read, in load.ts. */

/** How strongly a passage puts it; a sentence that rests on it may not put it more strongly. */
export type Force = "states" | "may" | "should" | "must";

/** One numbered sentence of a source, in our own words. */
export type Passage = {
  readonly id: string;
  /** Id of the source it belongs to. */
  readonly source: string;
  readonly section: string;
  /** Number of the sentence within its section, from 1. */
  readonly sentence: number;
  readonly force: Force;
  readonly gist: string;
};

/** A person, or a body that writes as one. */
export type CslName = { readonly family: string; readonly given: string } | { readonly literal: string };

/** CSL-JSON, the field's standard record of a publication; see https://docs.citationstyles.org. */
export type Csl = {
  readonly type: string;
  readonly title: string;
  readonly author: readonly [CslName, ...CslName[]];
  readonly issued: { readonly "date-parts": readonly (readonly number[])[] };
  readonly genre?: string | undefined;
  readonly publisher?: string | undefined;
  readonly "container-title"?: string | undefined;
  readonly volume?: string | undefined;
  readonly issue?: string | undefined;
  readonly page?: string | undefined;
  readonly DOI?: string | undefined;
  readonly URL?: string | undefined;
  readonly language?: string | undefined;
};

export type Source = { readonly id: string; readonly csl: Csl; readonly passages: readonly Passage[] };

export const kinds = ["theme", "recommendation", "finding", "research", "about"] as const;
export type Kind = (typeof kinds)[number];

/** One sentence of an answer and the ids of the passages it rests on, at least one. */
export type Sentence = { readonly says: string; readonly from: readonly [string, ...string[]] };

export type Entry = {
  readonly id: string;
  readonly kind: Kind;
  /** Id of the theme entry it belongs to, if any. */
  readonly theme: string | null;
  readonly title: string;
  readonly answer: readonly [Sentence, ...Sentence[]];
  /** How people ask it, at least six ways. */
  readonly asks: readonly string[];
  /** Words and short phrases that people type for it. */
  readonly words: readonly string[];
  /** Ids of entries worth reading next. */
  readonly related: readonly string[];
  /** Date of the last review, YYYY-MM-DD. */
  readonly reviewed: string;
};

/** A topic that the sources do not cover. It competes with the entries for a question, and winning means an honest no. */
export type Boundary = {
  readonly id: string;
  /** `field`: of this field, but not covered; `outside`: unrelated. */
  readonly scope: "field" | "outside";
  /** Completes "… does not cover <topic>." */
  readonly topic: string;
  /** Ids of the covered entries nearest in subject, best first. */
  readonly nearest: readonly string[];
  readonly asks: readonly string[];
  readonly words: readonly string[];
};

export const talkIds = [
  "greeting",
  "thanks",
  "acknowledgement",
  "goodbye",
  "identity",
  "help",
  "feedback",
  "privacy",
] as const;
export type TalkId = (typeof talkIds)[number];

/** Small talk as people type it. It competes in the same index; the words of the reply are in copy.ts. */
export type Talk = { readonly id: TalkId; readonly asks: readonly string[] };

/** Words and phrases that mean nearly the same when people ask. */
export type Concept = { readonly concept: string; readonly says: readonly string[] };

/** What a line of the question bank expects: an answer resting on any of `right`, or one of the other outcomes. */
export type Question = {
  readonly ask: string;
  readonly want: "answer" | "not-covered" | "outside" | "note" | "reminder" | "crisis";
  /** For `answer`: ids of passages, any of which satisfies the asker. For `note`: which note. Else empty. */
  readonly right: readonly string[];
};

/** A way to reach help, as written in crisis.yaml. */
export type CrisisContact = {
  /** Two-letter country code, or null for the organisation's own. */
  readonly country: string | null;
  /** What it is for. */
  readonly use: "emergency" | "suicide" | "domestic" | "child" | "trafficking" | "any";
  readonly name: string;
  readonly call: string | null;
  readonly text: string | null;
  readonly url: string | null;
  readonly hours: string | null;
  /** Page the number was read from, https. */
  readonly source: string;
  /** Date it was last checked, YYYY-MM-DD. */
  readonly verified: string;
};

/** Fixed words of the crisis reply, in the order they are said. */
export type CrisisWording = {
  /** For anyone: what to do first. */
  readonly opening: readonly string[];
  /** Said when the message is about the person who writes. */
  readonly forSelf: readonly string[];
  /** Said when the message is about somebody else. */
  readonly forOther: readonly string[];
  readonly closing: readonly string[];
  /** One quiet line beside an ordinary reply on such a topic. */
  readonly aside: string;
};

/** A sign: any of these phrases, matched on whole normalised words, speaks for (or against) the lane `now`. */
export type Sign = { readonly id: string; readonly says: readonly string[] };

export type Crisis = {
  readonly wording: CrisisWording;
  readonly contacts: readonly CrisisContact[];
  readonly signs: readonly Sign[];
  readonly counterSigns: readonly Sign[];
};

/** A day that the team lists, on which reminders that leave out holidays do not come. */
export type Holiday = {
  /** YYYY-MM-DD, on the calendar of whoever is reminded. */
  readonly date: string;
  readonly name: string;
};

/** One folder's worth or several, merged and checked. */
export type Knowledge = {
  readonly sources: readonly Source[];
  readonly passages: ReadonlyMap<string, Passage>;
  readonly entries: readonly Entry[];
  readonly boundaries: readonly Boundary[];
  readonly talk: readonly Talk[];
  readonly vocabulary: readonly Concept[];
  readonly crisis: Crisis;
  /** Of all folders, each day once, oldest first. Empty where no folder lists any. */
  readonly holidays: readonly Holiday[];
  /** First 12 hex digits of the SHA-256 of all files read, in order: names the set in logs and snapshots. */
  readonly version: string;
};

/** A message of the safety corpus: the lane it belongs to, the style it is written in, and the words. */
export type CrisisMessage = {
  readonly lane: "now" | "about" | "none";
  readonly style: string;
  readonly says: string;
};

/** What the figures are fitted and measured on. Read by `lint` and `eval` alone, so that answering starts fast. */
export type Bank = { readonly questions: readonly Question[]; readonly messages: readonly CrisisMessage[] };

/** Something a curator should know: where it is, what is wrong, and what to type instead. Never quotes a whole line. */
export type Finding = {
  /** Kebab-case name of the rule, such as `unknown-passage`. */
  readonly code: string;
  readonly severity: "error" | "warning";
  readonly at: { readonly file: string; readonly line: number; readonly column: number };
  readonly message: string;
  readonly fix: string;
};
