/** How reminders are doing, as figures for Prometheus. Counted since the start of this process; none names anybody. */
import { createHistogram, exposition, type Family } from "../../prometheus.ts";
import { lateMs } from "../late.ts";
import type { LedgerState } from "../store.ts";

/** Something that came of one try, as dispatch tells it. `lateMs`: how long after it was due, milliseconds. */
export type Observed =
  | { readonly kind: "sent"; readonly lateMs: number }
  | { readonly kind: "unknown" | "parked" | "retry" };

export type Meters = {
  readonly observe: (event: Observed) => void;
  /** The figures as text. `state` is what all replicas share; null where it cannot be had, and then it is left out. */
  readonly render: (state: LedgerState | null) => string;
};

// From what nobody notices to a whole day, seconds; 300 is when readiness complains, 43,200 when a message says that it is late.
const bounds = [0.1, 0.25, 0.5, 1, 2.5, 5, 15, 60, 300, 900, 3_600, 14_400, 43_200, 86_400];

/** Figures that begin at nothing. */
export function createMeters(): Meters {
  const counts = { sent: 0, late: 0, unknown: 0, parked: 0, retry: 0 };
  const lateness = createHistogram(bounds);
  return {
    observe(event) {
      counts[event.kind] += 1;
      if (event.kind !== "sent") return;
      lateness.observe(Math.max(0, event.lateMs) / 1_000);
      if (event.lateMs > lateMs) counts.late += 1;
    },
    render: (state) =>
      exposition([
        counter("sent", "Reminders that were sent.", counts.sent),
        counter("late", "Of these, those sent more than twelve hours after they were due.", counts.late),
        counter("unknown", "Reminders of which nobody knows whether they arrived.", counts.unknown),
        counter("parked", "Reminders that can never be brought to where they go.", counts.parked),
        counter("retried", "Tries that failed and are made again.", counts.retry),
        {
          name: "bearings_reminder_lateness_seconds",
          kind: "histogram",
          help: "How long after it was due a reminder was sent.",
          samples: lateness.samples(),
        },
        ...(state === null ? [] : standing(state)),
      ]),
  };
}

const counter = (what: string, help: string, value: number): Family => ({
  name: `bearings_reminders_${what}_total`,
  kind: "counter",
  help,
  samples: [{ value }],
});

const standing = ({ due, sending, unknown, parked, active, oldestDueMs }: LedgerState): readonly Family[] => [
  {
    name: "bearings_reminders",
    kind: "gauge",
    help: "Reminders by state, over all replicas.",
    samples: Object.entries({ due, sending, unknown, parked, active }).map(([state, value]) => ({
      labels: { state },
      value,
    })),
  },
  {
    name: "bearings_reminders_oldest_due_seconds",
    kind: "gauge",
    help: "How long the oldest reminder that was not sent yet has been due.",
    samples: [{ value: oldestDueMs / 1_000 }],
  },
];
