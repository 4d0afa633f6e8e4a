/** The parts of a door with nothing behind them, for tests of one part alone: no Slack, no database, and no time that passes. */
import type { Door } from "#adapters/slack/door.ts";
import { createOnce } from "#src/doors/once.ts";
import { createPace } from "#src/pace.ts";
import { createQueue } from "#src/queue.ts";
import { openReal } from "../helpers/assistant.ts";
import { noReminders, settleNothing } from "../helpers/slack/kept.ts";

/** Opened once for all tests of a file: it takes a second. */
let real: ReturnType<typeof openReal> | null = null;

/** Such a door, with the real assistant; `parts` take the place of its own. */
export async function doorOf(parts: Partial<Door> = {}): Promise<Door> {
  real ??= openReal();
  const log = () => {};
  const nothing = async () => {};
  return {
    ...(await real),
    apaOf: async () => "",
    settle: settleNothing,
    reminders: noReminders(),
    parking: { gone: nothing, back: nothing },
    workspaces: { find: async () => null, erase: nothing },
    once: createOnce({ seen: null, nowMs: () => 0, log }),
    queue: createQueue({ most: 500, mostPerKey: 20 }),
    pace: createPace({ gapMs: 0, nowMs: () => 0, sleep: nothing }),
    zoneOf: async () => ({ name: "UTC", from: "default" }),
    votes: { put: nothing, reason: nothing, forget: async () => 0 },
    log,
    nowMs: () => 0,
    sleep: nothing,
    isResponseUrl: () => false,
    ...parts,
  };
}
