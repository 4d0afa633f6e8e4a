/** What comes in: one thing that one person did, on whatever door they came through. */
import { inspect } from "node:util";

/** Most characters of one message that are ever read. A security control: see docs/design.md, "Caps". */
export const maxCharacters = 2_000;

declare const brand: unique symbol;

/** Text that a person typed. It prints as `[text]` in templates, JSON and inspect, so it cannot slip into a log or an error. */
export type UserText = { readonly [brand]: "UserText" };

const texts = new WeakMap<UserText, string>();

const hidden = () => "[text]";

/** Wraps what someone typed. Nothing is cut here; readers apply their own caps. */
export function userText(raw: string): UserText {
  const wrapped = Object.freeze({ toString: hidden, toJSON: hidden, [inspect.custom]: hidden }) as unknown as UserText;
  texts.set(wrapped, raw);
  return wrapped;
}

/** The words themselves, for the few places that must read them: safety, intent and search. Never for a log or an error. */
export const reveal = (text: UserText): string => texts.get(text) ?? "";

/** What the person did: typed something, pressed a button that the core wrote, or sent a form that the core drew. */
export type Said =
  | { readonly kind: "text"; readonly text: UserText }
  | { readonly kind: "pressed"; readonly token: string }
  | { readonly kind: "filled"; readonly token: string; readonly fields: Readonly<Record<string, UserText>> };

/** A time zone by its IANA name, and how it is known: from a profile, from this computer, or for want of either. */
export type Zone = { readonly name: string; readonly from: "profile" | "computer" | "default" };

/** Who acts. `id` is the platform's own; `zone` is null where the door has not asked for it. */
export type Person = {
  readonly id: string;
  readonly zone: Zone | null;
  /** Two letters, such as GB, where the platform says in which country's English they read. */
  readonly country?: string;
};

/** Where a reply goes. `key` is opaque: only the door that made it opens it. */
export type Place = { readonly door: string; readonly key: string; readonly isPrivate: boolean };

export type Turn = {
  /** The same for every retry of the platform. */
  readonly id: string;
  /** When it happened, milliseconds since 1970-01-01 UTC. */
  readonly atMs: number;
  readonly person: Person;
  readonly place: Place;
  readonly said: Said;
};
