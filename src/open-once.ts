/** Something that is opened with the first call for it. */

export type OpenOnce<T> = {
  /** Opens it, or gives what is open. After a failure, the next call tries anew. */
  readonly get: () => Promise<T>;
  /** Null while nothing is open. */
  readonly now: () => T | null;
  /** Closes it, if it was opened. */
  readonly close: () => Promise<void>;
};

/** Opens nothing yet. */
export function openOnce<T extends { readonly close: () => Promise<void> }>(open: () => Promise<T>): OpenOnce<T> {
  let opening: Promise<T> | null = null;
  let opened: T | null = null;
  return {
    async get() {
      opening ??= open();
      try {
        opened = await opening;
        return opened;
      } catch (error) {
        opening = null;
        throw error;
      }
    },
    now: () => opened,
    async close() {
      await (await opening?.catch(() => null))?.close();
    },
  };
}
