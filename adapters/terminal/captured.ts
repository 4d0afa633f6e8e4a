/** What libraries print by themselves while we serve. It may quote what someone sent: that there was a line is logged, and no more. */
import type { Log, LogEvent } from "#src/log.ts";

const printing = ["debug", "dir", "dirxml", "error", "info", "log", "table", "trace", "warn"] as const;
const everyMs = 60_000;

/** Takes over `console` and Node's warnings, for as long as the process lives. Of each kind the log tells once a minute. */
export function capturePrinting(log: Log, nowMs: () => number): void {
  const printed = counted({ level: "warn", event: "console.captured" }, log, nowMs);
  Object.assign(console, Object.fromEntries(printing.map((name) => [name, () => printed(name)])));
  const warned = counted({ level: "warn", event: "node.warning" }, log, nowMs);
  process.removeAllListeners("warning");
  process.on("warning", ({ name }) => warned(name));
}

/** Logs the first at once, and then once a minute how many there were. `code` says which function, or the kind of warning. */
function counted(event: LogEvent, log: Log, nowMs: () => number): (code: string) => void {
  let [count, loggedAtMs] = [0, Number.NEGATIVE_INFINITY];
  return (code) => {
    count += 1;
    if (nowMs() - loggedAtMs < everyMs) return;
    loggedAtMs = nowMs();
    log({ ...event, code, count });
    count = 0;
  };
}
