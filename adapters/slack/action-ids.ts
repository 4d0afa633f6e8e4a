/** The names by which Slack tells us what was pressed or sent. A press on an old message brings an old name: keep them. */

/** Buttons of this door. Each carries a token of the core as its value, but for `feedback` (`up/<ids>`) and `forget`. */
export const actionIds = {
  /** The full entry with its passages and references. */
  sources: "sources",
  /** The same, for an answer that was cut. */
  whole: "whole",
  /** A preview of the answer as the channel would see it. */
  share: "share",
  /** Helpful, or not. */
  feedback: "feedback",
  /** Erases what is kept of the person. */
  forget: "forget",
  /** Opens a form, which a message cannot hold. */
  form: "form",
  /** Sends a form that stands in a message of its own. */
  sendForm: "send-form",
  /** The choice in the window of reasons. */
  reason: "reason",
} as const;

/** Windows. */
export const callbackIds = { entry: "entry", share: "share", reasons: "reasons", form: "form" } as const;

/** Name of a field of a form. */
export const fieldId = (id: string): string => `${fieldStart}${id}`;

/** Which field of a form that is; null for anything else. */
export const fieldOf = (id: string): string | null => (id.startsWith(fieldStart) ? id.slice(fieldStart.length) : null);

const fieldStart = "field.";

/** Name of the nth button with a token of the core, unique within its message. */
export const pressId = (n: number): string => `press.${n}`;

/** True for a button whose value is a token for the core. */
export const isPressId = (id: string): boolean => /^press\.\d+$/.test(id);
