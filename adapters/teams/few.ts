/** A few things that take long to make, kept by their names. */
import { keepNewest } from "#src/keep-newest.ts";

/** Gives what was made for this name, the first time making it. Beyond `most`, the one that was made first is made again. */
export function keepFew<T>(make: (name: string) => T, most: number): (name: string) => T {
  const kept = new Map<string, T>();
  return (name) => {
    const before = kept.get(name);
    if (before !== undefined) return before;
    const made = make(name);
    keepNewest(kept, name, made, most);
    return made;
  };
}
