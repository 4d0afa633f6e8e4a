/** The SDK's loggers, through ours. Their lines quote what people typed, so only that there was a line is passed on. */
import { type Logger, LogLevel } from "@slack/bolt";
import { type Log, named } from "#src/log.ts";

/** A logger for a part of the SDK, such as `bolt`: debug and info end here; a warning or an error leaves its level and code. */
export function sdkLogger(log: Log, part: string): Logger {
  const drop = () => {};
  const pass =
    (level: "warn" | "error") =>
    (...said: readonly unknown[]) => {
      const error = said.find((one) => one instanceof Error);
      log({ level, event: `slack.sdk.${part}`, ...(error === undefined ? {} : named(error)) });
    };
  return {
    debug: drop,
    info: drop,
    warn: pass("warn"),
    error: pass("error"),
    setLevel: drop,
    // As loud as the SDK needs to skip building its debug lines, which hold whole messages.
    getLevel: () => LogLevel.WARN,
    setName: drop,
  };
}
