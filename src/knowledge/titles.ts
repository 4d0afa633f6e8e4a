/** Titles in quotation marks, which are names: rules about our own wording leave them alone. */

/** A text with one plain word for each title in quotation marks, since nobody may simplify a title. */
export const withoutTitles = (text: string): string => text.replace(quoted, "it");

const quoted = /“[^”]*”|"[^"]*"|(?<=^|[\s(])['‘].*?['’](?=[\s).,;:?]|$)/gu;
