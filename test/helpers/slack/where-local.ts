/** Tests that need the real local Slack, on machines that may not have it. */
import { test } from "vitest";
import { findLocalSlack, noLocalSlack } from "./local-slack.ts";

/** Defines tests that need the real program; where it is not to be had, one skipped test says what is left out, and why. */
export function whereLocalSlackIs(what: string, define: () => void): void {
  if (findLocalSlack() !== null) define();
  // Skipped because the program is not there: the name says so.
  else test.skip(`${what}: ${noLocalSlack}`, () => {});
}
