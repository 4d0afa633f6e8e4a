/** Words that nothing else holds, and where they come out. */

let count = 0;

/** A word that nothing else holds. */
export const canary = (): string => `canary${(++count).toString(36)}q7zxw`;

/** The word as it is, in other letters, and in the encodings that logs and errors like to use. */
export const formsOf = (word: string): readonly string[] => [
  word,
  word.toUpperCase(),
  ...[0, 1, 2].map((shift) =>
    Buffer.from(" ".repeat(shift) + word)
      .toString("base64")
      .slice(4, -4),
  ),
  Buffer.from(word).toString("hex"),
  Buffer.from(word, "utf16le").toString("latin1"),
];

/** Those of the words that the text holds in any of these forms. */
export const leaks = (text: string, words: readonly string[]): readonly string[] =>
  words.filter((word) => formsOf(word).some((form) => text.includes(form)));
