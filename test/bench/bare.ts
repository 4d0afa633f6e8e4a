/** What everything is compared with: MiniSearch as its README opens it, over the same texts. */
import MiniSearch from "minisearch";
import type { Item } from "#src/answering/search.ts";

/** Every field as plain text, under the position of the item. */
export const plainDocuments = (items: readonly Item[]) =>
  items.map(({ title, asks, words, text }, id) => ({
    id,
    title,
    asks: asks.join("\n"),
    words: words.join("\n"),
    text,
  }));

export const fields = ["title", "asks", "words", "text"];

/** MiniSearch with nothing set but the fields. */
export function openBare(items: readonly Item[]): MiniSearch {
  const index = new MiniSearch({ fields });
  index.addAll(plainDocuments(items));
  return index;
}
