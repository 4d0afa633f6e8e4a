/** What goes out: shapes a door can draw, not features. A new feature adds intents and sentences, never a shape. */
import type { Place, Turn } from "./turn.ts";

/** A button: its words, and an intent written in advance that doors carry unread. */
export type Button = { readonly label: string; readonly token: string };

/** One reference under an answer. `n` counts from 1 in the order of first use; `label` is for people. */
export type Citation = {
  readonly n: number;
  /** Id of the source in sources.yaml. */
  readonly source: string;
  /** Id of the passage, such as P17. */
  readonly passage: string;
  /** Authors, year, section and sentence, in words. */
  readonly label: string;
  readonly url: string | null;
};

/** One sentence of an answer with the numbers of its citations. `heading` opens a new entry where an answer has several. */
export type Segment = {
  readonly text: string;
  readonly cites: readonly [number, ...number[]];
  readonly heading: string | null;
};

/** An entry named in a reply: the one answered with, or one on offer. */
export type EntryRef = {
  readonly id: string;
  readonly kind: string;
  readonly title: string;
  readonly passages: readonly string[];
};

/** A line of a list: a title, a short gist, and what pressing it does. */
export type Row = { readonly title: string; readonly gist: string; readonly button: Button };

/** One way to reach help. `call` and `text` are shown exactly as written; null where there is none. */
export type Contact = {
  readonly name: string;
  /** Two-letter country code, or null for the organisation's own. */
  readonly country: string | null;
  readonly call: string | null;
  readonly text: string | null;
  readonly url: string | null;
  readonly hours: string | null;
};

/** A field of a form. `value` is what stands in it at first: a date as 2026-10-06, a time as 10:00, or the value of an option. */
export type Field = {
  readonly id: string;
  readonly label: string;
  readonly value: string;
  readonly isOptional: boolean;
  readonly input:
    | { readonly kind: "text"; readonly most: number; readonly hint: string }
    | { readonly kind: "date" }
    | { readonly kind: "time" }
    | { readonly kind: "choice"; readonly options: readonly Option[] };
};

/** One of the things to choose from in a field. */
export type Option = { readonly value: string; readonly label: string };

type Worded<K extends string> = {
  readonly kind: K;
  /** The reply in words, without buttons: also the text for notifications. */
  readonly say: string;
  /** Quiet lines beside the reply, such as "please leave client details out". */
  readonly asides: readonly string[];
  readonly buttons: readonly Button[];
  /**
   * True: nobody but the person it answers may see it, though it was asked where others read along. A form of this kind is
   * shown where it is: what stands in its fields is in no token, so nothing could open it anew.
   */
  readonly isPrivate?: boolean;
};

/** Which kind of no or note: `not-understood`, `outside`, `not-covered:medication`, `greeting`, `reminder` … */
type Reasoned = { readonly why: string };

export type Answer = Worded<"answer"> & {
  readonly entries: readonly [EntryRef, ...EntryRef[]];
  readonly body: readonly [Segment, ...Segment[]];
  readonly citations: readonly [Citation, ...Citation[]];
};

export type Form = Worded<"form"> &
  Reasoned & {
    readonly token: string;
    readonly fields: readonly Field[];
    /** On the button that sends it, such as "Save". */
    readonly send: string;
  };

export type Reply =
  | Answer
  | (Worded<"choices"> & { readonly entries: readonly [EntryRef, ...EntryRef[]] })
  | (Worded<"abstention"> & Reasoned & { readonly entries: readonly EntryRef[] })
  | (Worded<"note"> & Reasoned)
  | (Worded<"list"> & Reasoned & { readonly rows: readonly Row[] })
  | Form
  | (Worded<"crisis"> & { readonly contacts: readonly Contact[] });

/** Which message of ours this is, over all its tries. */
export type Sending = {
  /** Opaque, the same for every try, at most 64 characters: it may stand in a message's metadata. */
  readonly id: string;
  /** When an earlier try began that may have landed, milliseconds since 1970-01-01 UTC: look before sending. Null on the first. */
  readonly triedMs: number | null;
};

/**
 * All that the core ever asks of a door after start-up: one try. Where an earlier one may have landed and nobody can look,
 * the message says that it may be there twice.
 */
export type Deliver = (place: Place, reply: Reply, sending: Sending) => Promise<Delivery>;

/** `unknown`: it may have landed. `canLook`: before another try, the door can look whether it has. */
export type Delivery =
  | { readonly kind: "sent" }
  | { readonly kind: "retry"; readonly afterMs: number }
  | { readonly kind: "unknown"; readonly canLook: boolean }
  | { readonly kind: "gone"; readonly why: string };

/** `now`: someone may be at risk. `about`: a practice or content question on such a topic. */
export type Lane = "now" | "about" | "none";

/** What a turn led to. `lane` is for the caller's contract; it is never stored with anything else. */
export type Response = { readonly reply: Reply; readonly lane: Lane };

/** The whole assistant, as doors see it: pure but for the time inside the turn. */
export type Respond = (turn: Turn) => Response;
