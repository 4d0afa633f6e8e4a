/** A few things that take long to make, kept by their names. */

/** Gives what was made for this name, the first time making it. Beyond `most`, the one that was made first is made again. */
export function keepFew<T>(make: (name: string) => T, most: number): (name: string) => T {
  const kept = new Map<string, T>();
  return (name) => {
    const before = kept.get(name);
    if (before !== undefined) return before;
    const [oldest] = kept.keys();
    if (kept.size >= most && oldest !== undefined) kept.delete(oldest);
    const made = make(name);
    kept.set(name, made);
    return made;
  };
}
