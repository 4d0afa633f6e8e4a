/** Work in order: one job at a time for each key, and a bound on all that waits, so that a flood cannot fill the memory. */

export type Queue = {
  /** Runs the job after those of the same key. Null where there is no room; the job is then never run. */
  readonly add: <T>(key: string, job: () => Promise<T>) => Promise<T> | null;
  /** Whether another job of this key would be taken. */
  readonly hasRoom: (key: string) => boolean;
  /** How many jobs run or wait, over all keys. */
  readonly length: () => number;
};

export type QueueOptions = {
  /** Most jobs that run or wait, over all keys. */
  readonly most: number;
  /** Most jobs of one key that run or wait. */
  readonly mostPerKey: number;
};

type Line = { last: Promise<unknown>; length: number };

/** Opens a queue. A job that throws rejects its own promise and holds nothing up. */
export function createQueue({ most, mostPerKey }: QueueOptions): Queue {
  const lines = new Map<string, Line>();
  let length = 0;
  const hasRoom = (key: string) => length < most && (lines.get(key)?.length ?? 0) < mostPerKey;

  function leave(key: string, line: Line): void {
    length -= 1;
    line.length -= 1;
    if (line.length === 0) lines.delete(key);
  }

  return {
    hasRoom,
    length: () => length,
    add(key, job) {
      if (!hasRoom(key)) return null;
      const line = lines.get(key) ?? { last: Promise.resolve(), length: 0 };
      lines.set(key, line);
      length += 1;
      line.length += 1;
      const done = line.last.then(job).finally(() => leave(key, line));
      // What waits for its turn must not inherit the failure of what went before.
      line.last = done.catch(() => {});
      return done;
    },
  };
}
