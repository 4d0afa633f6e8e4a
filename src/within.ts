/** Waiting no longer than for so long. */

/** The result, or `late` where it is not there after so many milliseconds: it then goes on. Rejects as the work does. */
export async function within<T>(work: Promise<T>, ms: number): Promise<T | "late"> {
  const { promise, resolve } = Promise.withResolvers<"late">();
  const timer = setTimeout(resolve, ms, "late");
  try {
    return await Promise.race([work, promise]);
  } finally {
    clearTimeout(timer);
  }
}
