/** Notes what came of tries: what comes in while a note is being written goes together into the next one. */
import type { Ledger, Recorded } from "../store.ts";

export type Recorder = {
  /** Resolves when it is noted, to whether it still counted: false where somebody else has taken it over. Never rejects. */
  readonly note: (result: Recorded) => Promise<boolean>;
};

export type RecorderOptions = {
  readonly record: Ledger["record"];
  /** Told of each failure; waits before the next try. False: it is given up. */
  readonly failed: (error: unknown, times: number) => Promise<boolean>;
};

type Waiting = Recorded & { readonly done: (counted: boolean) => void };

/** Opens a recorder. Nothing is let go because the database fails: it is written again until it is there, or given up. */
export function openRecorder({ record, failed }: RecorderOptions): Recorder {
  let waiting: Waiting[] = [];
  let isWriting = false;
  // Halved by every failure: one result that cannot be noted must not hold up the others for ever.
  let most = Number.POSITIVE_INFINITY;
  let failures = 0;

  async function write(batch: readonly Waiting[]): Promise<void> {
    try {
      const results = batch.map(({ id, fence, outcome }) => ({ id, fence, outcome }));
      const lost = new Set(await record(results));
      for (const { id, done } of batch) done(!lost.has(id));
      most *= 2;
      failures = 0;
    } catch (error) {
      failures += 1;
      most = Math.max(1, Math.floor(Math.min(most, batch.length) / 2));
      if (await failed(error, failures)) waiting.push(...batch);
      else for (const { done } of batch) done(false);
    }
  }

  async function writeAll(): Promise<void> {
    if (isWriting) return;
    isWriting = true;
    // Those that come at the same moment go together.
    await null;
    while (waiting.length > 0) {
      const batch = newest(waiting.slice(0, most));
      waiting = waiting.slice(most);
      await write(batch);
    }
    isWriting = false;
  }

  return {
    note: (result) =>
      new Promise((done) => {
        waiting.push({ ...result, done });
        void writeAll();
      }),
  };
}

/** One for each id: what was claimed anew meanwhile was lost before. */
function newest(batch: readonly Waiting[]): readonly Waiting[] {
  const byId = new Map<string, Waiting>();
  for (const one of [...batch].sort((a, b) => a.fence - b.fence)) {
    byId.get(one.id)?.done(false);
    byId.set(one.id, one);
  }
  return [...byId.values()];
}
