/** A logger for Slack's own clients in tests, where what goes wrong is meant to. */
import { type Logger, LogLevel } from "@slack/web-api";

/** Says nothing. */
export const silent: Logger = {
  debug() {},
  info() {},
  warn() {},
  error() {},
  setLevel() {},
  getLevel: () => LogLevel.ERROR,
  setName() {},
};
