/** What doors do, as figures for Prometheus, counted since the start of this process. None names anybody, and none tells of danger. */
import { createHistogram, type Family, type Sample } from "../prometheus.ts";
import type { Response } from "../reply.ts";

/** Something that a platform's door can tell of. */
export type DoorEvent =
  /** A delivery was acknowledged, so many milliseconds after it had come. */
  | { readonly kind: "acknowledged"; readonly ms: number }
  /** A message was brought again that had been answered. */
  | { readonly kind: "repeated" }
  /** The platform said that we send too much. */
  | { readonly kind: "limited" };

export type Observe = (event: DoorEvent) => void;

export type DoorMeters = {
  /** Takes what the door of this name tells. */
  readonly of: (door: string) => Observe;
  /** Counts a reply by its kind. One to danger counts as a note: were it left out, the deliveries without a reply would tell of it. */
  readonly replied: (door: string, response: Response) => void;
  /** The figures. `waiting`: what is in line at each door. */
  readonly families: (waiting: Readonly<Record<string, number>>) => readonly Family[];
};

// Seconds. Slack gives up after three, Teams after fifteen.
const bounds = [0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 15];

/** Figures that begin at nothing. */
export function createDoorMeters(): DoorMeters {
  const doors = new Map<string, ReturnType<typeof createFigures>>();
  const replies = new Map<string, { readonly door: string; readonly kind: string; count: number }>();
  return {
    of(door) {
      const figures = createFigures();
      doors.set(door, figures);
      return figures.observe;
    },
    replied(door, { reply, lane }) {
      const kind = lane === "now" ? "note" : reply.kind;
      const counted = replies.get(`${door} ${kind}`) ?? { door, kind, count: 0 };
      counted.count += 1;
      replies.set(`${door} ${kind}`, counted);
    },
    families: (waiting) => {
      const each = (read: (figures: ReturnType<typeof createFigures>) => readonly Sample[]): readonly Sample[] =>
        [...doors].flatMap(([door, figures]) =>
          read(figures).map((sample) => ({ ...sample, labels: { door, ...sample.labels } })),
        );
      return [
        {
          name: "bearings_acknowledgement_seconds",
          kind: "histogram",
          help: "How long a platform waited until we had taken what it brought.",
          samples: each(({ waits }) => waits.samples()),
        },
        {
          name: "bearings_replies_total",
          kind: "counter",
          help: "Replies by kind. A reply to danger is among the notes.",
          samples: [...replies.values()].map(({ door, kind, count }) => ({ labels: { door, kind }, value: count })),
        },
        {
          name: "bearings_repeats_total",
          kind: "counter",
          help: "Messages that were brought again and had been answered.",
          samples: each(({ counts }) => [{ value: counts.repeated }]),
        },
        {
          name: "bearings_limited_total",
          kind: "counter",
          help: "Calls that a platform turned away since we send too much (429).",
          samples: each(({ counts }) => [{ value: counts.limited }]),
        },
        {
          name: "bearings_queue_length",
          kind: "gauge",
          help: "Messages that are being answered or wait for it.",
          samples: Object.entries(waiting).map(([door, value]) => ({ labels: { door }, value })),
        },
      ];
    },
  };
}

function createFigures() {
  const counts = { repeated: 0, limited: 0 };
  const waits = createHistogram(bounds);
  return {
    counts,
    waits,
    observe(event: DoorEvent): void {
      if (event.kind === "acknowledged") waits.observe(event.ms / 1_000);
      else counts[event.kind] += 1;
    },
  };
}

/** The same work, which tells how long it took. */
export const timed =
  <A extends readonly unknown[], T>(work: (...given: A) => Promise<T>, observe: Observe) =>
  async (...given: A): Promise<T> => {
    const begunMs = performance.now();
    try {
      return await work(...given);
    } finally {
      observe({ kind: "acknowledged", ms: performance.now() - begunMs });
    }
  };
