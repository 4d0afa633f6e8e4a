/** What a reader gets of a reply, whichever door drew it. The readers of this folder make it of what each door drew. */
import { isDeepStrictEqual } from "node:util";
import { pressables, valueIn } from "#src/plain.ts";
import type { Contact, Reply } from "#src/reply.ts";

export type Shown = {
  /** What there is to read, in its order: headings, paragraphs whose sentences carry their marks, quiet lines. */
  readonly words: readonly string[];
  readonly sources: readonly ShownSource[];
  /** Labels of buttons that lead to an entry. */
  readonly topics: readonly string[];
  /** Labels of all other buttons that the core wrote; what a door offers of its own accord is left out. */
  readonly others: readonly string[];
  /** Of a list: title and gist. */
  readonly rows: readonly string[];
  /** Of a form: label and what stands in the field. */
  readonly fields: readonly string[];
  /** The country, whom to reach there, and every way. */
  readonly contacts: readonly string[];
};

export type ShownSource = { readonly n: number; readonly label: string; readonly url: string | null };

export const nothingShown: Shown = {
  words: [],
  sources: [],
  topics: [],
  others: [],
  rows: [],
  fields: [],
  contacts: [],
};

/** What has to come of a reply, worked out from the reply itself. */
export function shapeOf(reply: Reply): Shown {
  const says = reply.kind === "answer" ? paragraphsOf(reply) : linesOf(reply.say);
  return {
    words: [...says, ...reply.asides].map(tidied),
    sources: reply.kind === "answer" ? reply.citations.map(({ n, label, url }) => sourceOf(n, label, url)) : [],
    ...offered(reply.buttons.map(({ label, token }) => ({ label, token }))),
    rows: reply.kind === "list" ? reply.rows.map(({ title, gist }) => joined(title, gist)) : [],
    fields: reply.kind === "form" ? reply.fields.map((field) => joined(field.label, valueIn(field))) : [],
    contacts: reply.kind === "crisis" ? byCountry(reply.contacts) : [],
  };
}

function paragraphsOf({ body }: Extract<Reply, { kind: "answer" }>): readonly string[] {
  const found: string[] = [];
  for (const { text, cites, heading } of body) {
    const sentence = `${text}${cites.map((n) => `[${n}]`).join("")}`;
    if (heading !== null) found.push(heading, sentence);
    else found.push([found.pop(), sentence].filter((part) => part !== undefined).join(" "));
  }
  return found;
}

/** A contact on one line, under its country; the ways always in the same order. */
export const contactLine = (country: string, { name, call, text, hours, url }: Omit<Contact, "country">): string =>
  [
    `${country} | ${name}`,
    ...[call && `call ${call}`, text && `text ${text}`, hours, url && addressOf(url)].filter(Boolean),
  ].join("; ");

const regions = new Intl.DisplayNames("en-GB", { type: "region" });

/** How a country, or the organisation's own contacts, are headed. */
export const headingOf = ({ country }: Contact): string => {
  if (country === null) return "Your organisation";
  return /^[A-Z]{2}$/.test(country) ? (regions.of(country) ?? country) : country;
};

const byCountry = (contacts: readonly Contact[]): readonly string[] =>
  [...Map.groupBy(contacts, headingOf)].flatMap(([country, all]) => all.map((one) => contactLine(country, one)));

export const joined = (title: string, more: string): string => tidied(more === "" ? title : `${title}: ${more}`);

export const linesOf = (text: string): readonly string[] =>
  text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(tidied);

/** Space that no reader sees is the same everywhere: doubled, at an end, or before a mark. */
export const tidied = (text: string): string =>
  text
    .replace(/\s+/g, " ")
    .replace(/ (?=\[\d+\])/g, "")
    .trim();

export const sourceOf = (n: number, label: string, url: string | null): ShownSource => ({
  n,
  label: tidied(label),
  url: url === null ? null : addressOf(url),
});

/** An address as every browser writes it. */
export const addressOf = (url: string): string => (URL.canParse(url) ? new URL(url).href : url);

/** A button as a door drew it. */
export type DrawnButton = { readonly label: string; readonly token: string };

/** Buttons in their order, those that lead to entries apart: a door may put them in a place of their own. */
export const offered = (buttons: readonly DrawnButton[]): Pick<Shown, "topics" | "others"> => ({
  topics: buttons.filter(isTopic).map(({ label }) => label),
  others: buttons.filter((button) => !isTopic(button)).map(({ label }) => label),
});

const isTopic = ({ token }: DrawnButton): boolean => token.startsWith("show/");

/**
 * The button with its whole label, where its token is one of the reply's and what stands on it is that label or its
 * beginning; else as it was drawn, so that a comparison fails.
 */
export function asWritten(reply: Reply, drawn: DrawnButton): DrawnButton {
  const is = ({ label, token }: DrawnButton): boolean => token === drawn.token && isBeginning(drawn.label, label);
  return pressables(reply).find(is) ?? drawn;
}

/** Whether this is the text, or its beginning with an ellipsis where there is no room for more. */
export const isBeginning = (shown: string, text: string): boolean =>
  shown === text || (shown.endsWith("…") && shown.length > 1 && text.startsWith(shown.slice(0, -1)));

/** A button that shows its label alone, with the token that this label has in the reply. */
export const byLabel = (reply: Reply, label: string): DrawnButton =>
  pressables(reply).find((button) => button.label === label) ?? { label, token: "" };

/** What a text alone can say: its buttons stand beside it, and so do the fields of a form. */
export const inWords = (shown: Shown): Shown => ({ ...shown, topics: [], others: [], fields: [] });

/** The first place where something else is shown than expected, as two things to compare; twice nothing where all is right. */
export function firstWrong(shown: readonly Shown[], expected: readonly Shown[]): readonly [unknown, unknown] {
  const at = expected.findIndex((one, index) => !isDeepStrictEqual(shown[index], one));
  return at === -1 ? [shown.length, expected.length] : [shown[at], expected[at]];
}
