/** Erases what has had its time, for as long as what is kept is open. */
import { type Log, named } from "#src/log.ts";
import type { Reminders } from "#src/reminders/store.ts";

const everyMs = 60 * 60 * 1_000;
const closeMs = 5_000;

type Purged = { readonly store: Pick<Reminders, "clock" | "purge">; readonly close: () => Promise<void> };

/** Looks at once, for those who open it for less than an hour, and then once an hour. Nobody waits for it but `close`. */
export function withPurging<T extends Purged>(kept: T, log: Log): T {
  const { store } = kept;
  let looking: Promise<void> | null = null;
  const purge = async (): Promise<void> => {
    try {
      await store.purge(await store.clock());
    } catch (error) {
      log({ level: "warn", event: "reminders.not-purged", ...named(error) });
    }
  };
  const look = (): void => {
    looking ??= purge().finally(() => {
      looking = null;
    });
  };
  look();
  const timer = setInterval(look, everyMs);
  timer.unref();
  return {
    ...kept,
    async close() {
      clearInterval(timer);
      await within(closeMs, looking);
      await kept.close();
    },
  };
}

/** Waits for it, but no longer than that. */
async function within(ms: number, work: Promise<void> | null): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const over = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await Promise.race([work, over]);
  clearTimeout(timer);
}
