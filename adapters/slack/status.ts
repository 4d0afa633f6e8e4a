/** "is looking it up": shown in a direct message when an answer takes long enough to wonder about. */
import type { Call } from "./api.ts";
import type { Target } from "./deliver.ts";
import { isDirect } from "./read.ts";
import { words } from "./words.ts";

/** A status that may have been shown. `end` takes it away where the reply has not. Never throws. */
export type Status = { readonly end: () => Promise<void> };

// An answer usually comes sooner; a status would then only flicker.
const patienceMs = 300;

/** Shows the status after a while, unless it is ended before. A reply takes it away by itself, if it comes later. */
export function showStatus({ channel, thread }: Target, call: Call, sleep: (ms: number) => Promise<void>): Status {
  if (!isDirect(channel) || thread === null) return { end: async () => {} };
  const say = (status: string) =>
    call("assistant.threads.setStatus", { channel_id: channel, thread_ts: thread, status });
  let isOver = false;
  let shown: Promise<unknown> | null = null;
  void sleep(patienceMs).then(() => {
    if (!isOver) shown = say(words.looking);
  });
  return {
    async end() {
      isOver = true;
      // It may have arrived after the reply, and would then stay for two minutes.
      if (shown !== null) {
        await shown;
        await say("");
      }
    },
  };
}
