/** Memories that stay within a size. */

/** Keeps the value under this key, as the newest. Of more than `most`, the oldest is forgotten. */
export function keepNewest<K, V>(kept: Map<K, V>, key: K, value: V, most: number): void {
  kept.delete(key);
  kept.set(key, value);
  const [oldest] = kept.keys();
  if (kept.size > most && oldest !== undefined) kept.delete(oldest);
}
