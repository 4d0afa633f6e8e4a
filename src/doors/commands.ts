/** Words that are a command when nothing else is said, on every chat platform. */
import type { Said } from "../turn.ts";

/** Each with the button that means the same. */
const tokens: ReadonlyMap<string, string> = new Map([
  // A mention or a command alone is a knock on the door.
  ["", "start"],
  ["themes", "browse/theme"],
  ["topics", "browse"],
  ["browse", "browse"],
  ["about", "about"],
  ["privacy", "privacy"],
  ["help", "help"],
]);

/** The button that is meant by these words, in small or large letters; null where they are no command. */
export function commandIn(words: string): Said | null {
  const token = tokens.get(words.toLowerCase());
  return token === undefined ? null : { kind: "pressed", token };
}
