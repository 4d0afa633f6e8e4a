/** Lists of words, as they are written in the code. */

/** The words of a text, which stand apart by spaces and line breaks. */
export const listed = (text: string): ReadonlySet<string> => new Set(text.trim().split(/\s+/));
