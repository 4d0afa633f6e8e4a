/** Names of time zones as people write them. */
import { isZone } from "../calendar/calendar.ts";

/** The zone that is meant, by its IANA name: "europe/berlin", "Berlin", "New York", "UTC"; null where none is known. */
export function zoneIn(text: string): string | null {
  const name = text
    .trim()
    .replace(/^(?:in|to|is|the)\s+/i, "")
    .replace(/\s+(?:time|time ?zone)$/i, "")
    .replaceAll(/\s+/g, "_");
  const lower = name.toLowerCase();
  if (lower === "") return null;
  const known = Intl.supportedValuesOf("timeZone");
  const same = known.find((zone) => zone.toLowerCase() === lower);
  if (same !== undefined) return same;
  // Other names of places, such as Europe/Kyiv, are kept where they are written as such.
  if (isZone(name)) {
    if (lower === "utc") return "UTC";
    return /^[A-Z]/.test(name) ? name : Intl.DateTimeFormat("en-GB", { timeZone: name }).resolvedOptions().timeZone;
  }
  const cities = known.filter((zone) => zone.toLowerCase().endsWith(`/${lower}`));
  const [only] = cities;
  return cities.length === 1 && only !== undefined ? only : null;
}

let cities: ReadonlySet<string> | null = null;

/** Whether a word is the name of a city that a zone is called after: "9am Berlin" may be said of its time. */
export function isCity(word: string): boolean {
  cities ??= new Set(
    Intl.supportedValuesOf("timeZone").map((zone) => zone.slice(zone.lastIndexOf("/") + 1).toLowerCase()),
  );
  return cities.has(word.toLowerCase());
}
