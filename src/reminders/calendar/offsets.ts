/** How far the clocks of a zone are ahead of UTC. Remembered for as long as they stay so: the same few are asked for all the time. */
import { Temporal } from "./temporal.ts";

/** From one change of the clocks, which it includes, up to the next; infinite where there is none. All in milliseconds. */
export type Stretch = { readonly fromMs: number; readonly untilMs: number; readonly offsetMs: number };

const stretches = new Map<string, Stretch>();
// There are some 600 zones; what else comes is the same in another case.
const mostZones = 1_000;

/** The stretch that holds this moment. Throws `RangeError` where there is no such zone or moment; it may quote the zone. */
export function stretchAt(atMs: number, zone: string): Stretch {
  const known = stretches.get(zone);
  if (known !== undefined && known.fromMs <= atMs && atMs < known.untilMs) return known;
  const at = Temporal.Instant.fromEpochMilliseconds(atMs).toZonedDateTimeISO(zone);
  const stretch = {
    // The change at this very moment counts among those before it.
    fromMs:
      at.add({ milliseconds: 1 }).getTimeZoneTransition("previous")?.epochMilliseconds ?? Number.NEGATIVE_INFINITY,
    untilMs: at.getTimeZoneTransition("next")?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    offsetMs: at.offsetNanoseconds / 1e6,
  };
  if (stretches.size >= mostZones) stretches.clear();
  stretches.set(zone, stretch);
  return stretch;
}
