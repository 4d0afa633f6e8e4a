/** How late this process is with what it means to do at a moment: what keeps everybody waiting at once. */
import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Family } from "#src/prometheus.ts";

/** Of the last whole minute, or since the start while that is not over; milliseconds. */
export type LoopDelay = { readonly p99Ms: number; readonly maxMs: number };

export type Loop = { readonly delay: () => LoopDelay; readonly stop: () => void };

// Each look at the clock costs a little, and a delay that is shorter than this is none.
const resolutionMs = 20;
const everyMs = 60_000;

/** Begins to look. */
export function watchLoop(): Loop {
  const seen = monitorEventLoopDelay({ resolution: resolutionMs });
  seen.enable();
  let whole: LoopDelay | null = null;
  const timer = setInterval(() => {
    whole = delayIn(seen);
    seen.reset();
  }, everyMs);
  timer.unref();
  return {
    delay: () => whole ?? delayIn(seen),
    stop() {
      clearInterval(timer);
      seen.disable();
    },
  };
}

/** What it counts is the time from one look to the next, nanoseconds. */
function delayIn(seen: ReturnType<typeof monitorEventLoopDelay>): LoopDelay {
  const beyond = (nanoseconds: number): number => Math.max(0, Math.round(nanoseconds / 1e6 - resolutionMs));
  return { p99Ms: beyond(seen.percentile(99)), maxMs: seen.count === 0 ? 0 : beyond(seen.max) };
}

/** The figures for Prometheus. */
export const loopFamilies = ({ p99Ms, maxMs }: LoopDelay): readonly Family[] => [
  {
    name: "bearings_loop_delay_seconds",
    kind: "gauge",
    help: "How late this process was within the last minute with what it meant to do: at most, and in 99 of 100 cases.",
    samples: [
      { labels: { of: "p99" }, value: p99Ms / 1_000 },
      { labels: { of: "max" }, value: maxMs / 1_000 },
    ],
  },
];
