/** What the door has begun: answered to Teams in time, though it may still be under way, and waited for when it closes. */
import { type Log, named } from "#src/log.ts";

export type Working = {
  /** Keeps it among what is under way, and gives it back. */
  readonly begin: <T>(work: Promise<T>) => Promise<T>;
  /** Lets it go on by itself; what it rejects with is logged under this name, by its code. */
  readonly aside: (work: Promise<unknown>, event: string) => void;
  /** Resolves when nothing is under way any more. */
  readonly rest: () => Promise<void>;
};

/** Opens it. */
export function createWorking(log: Log): Working {
  const underWay = new Set<Promise<unknown>>();
  function begin<T>(work: Promise<T>): Promise<T> {
    underWay.add(work);
    const end = () => underWay.delete(work);
    work.then(end, end);
    return work;
  }
  return {
    begin,
    aside(work, event) {
      void begin(work.catch((error: unknown) => log({ level: "warn", event, ...named(error) })));
    },
    async rest() {
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}
