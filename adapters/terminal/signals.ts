/** What asks `serve` to stop, or to read its knowledge again: signals, and errors that nothing caught. */
import { isatty } from "node:tty";
import { failureLine } from "#src/failure.ts";

const stopping = ["SIGINT", "SIGTERM"] as const;

/** Resolves at the first signal to stop. A second one ends the process at once, as it would have without this. */
export const signalled = (): Promise<void> => listening().asked;

export type Stopping = {
  /** Resolves at the first signal to stop, or at an error that nothing caught, which is told in one line. */
  readonly asked: Promise<void>;
  /** The exit code: 0, or 70 once there was such an error. */
  readonly code: () => 0 | 70;
};

/** Listens for signals as `signalled` does, and for what nothing caught. */
export function stopsWhenAsked(): Stopping {
  const { asked, stop } = listening();
  let code: 0 | 70 = 0;
  // Before this there was nothing to bring to an end, and main.ts ends the process at once.
  process.removeAllListeners("uncaughtException");
  process.on("uncaughtException", (error) => {
    // The first one matters. Whatever is broken may go on throwing while the rest is brought to its end.
    if (code === 0) process.stderr.write(`Bearings stops, because of a defect of its own: ${failureLine(error)}\n`);
    code = 70;
    stop();
  });
  return { asked, code: () => code };
}

function listening() {
  const { promise, resolve } = Promise.withResolvers<void>();
  const stop = () => {
    for (const signal of stopping) process.off(signal, stop);
    resolve();
  };
  for (const signal of stopping) process.on(signal, stop);
  return { asked: promise, stop };
}

/** Calls it for each SIGHUP, one at a time. In a terminal that signal says that the window was closed, and ends the process. */
export function onHangUp(read: () => Promise<void>): void {
  if (process.platform === "win32" || isatty(0)) return;
  let reading: Promise<void> = Promise.resolve();
  process.on("SIGHUP", () => {
    reading = reading.then(read);
  });
}
