/** Waiting for what another process or a socket will do, without guessing how long that takes. */
import { setTimeout as sleep } from "node:timers/promises";

// Long, because both cores may be busy; what is waited for is usually there at once.
const patienceMs = 15_000;

/** Looks until there is something other than null, undefined and false, and gives it. Throws with `what` when it never comes. */
export async function until<T>(
  what: string,
  look: () => T | Promise<T>,
  mostMs: number = patienceMs,
): Promise<Exclude<T, null | undefined | false>> {
  const endMs = performance.now() + mostMs;
  for (;;) {
    const found = await look();
    if (isThere(found)) return found;
    if (performance.now() > endMs) throw new Error(`waited in vain: ${what}`);
    await sleep(15);
  }
}

const isThere = <T>(found: T): found is Exclude<T, null | undefined | false> =>
  found !== null && found !== undefined && found !== false;
