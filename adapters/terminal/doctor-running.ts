/** Asks a Bearings that runs on this computer how it stands, as monitoring does. */
import type { Readiness } from "#src/readiness.ts";

/** Its own readiness limit is two seconds. */
const patienceMs = 4_000;

/** The address of its readiness. */
export function readinessUrl(host: string, port: number): string {
  // It listens on every address; this computer's own is one of them.
  const near = host === "0.0.0.0" ? "127.0.0.1" : host === "::" ? "::1" : host;
  return `http://${near.includes(":") ? `[${near}]` : near}:${port}/readyz`;
}

/** What it says of itself; null where nothing answers there, or something else does. */
export async function askRunning(url: string): Promise<Readiness | null> {
  try {
    const response = await fetch(url, { redirect: "error", signal: AbortSignal.timeout(patienceMs) });
    const said: unknown = await response.json();
    return isReadiness(said) ? said : null;
  } catch {
    return null;
  }
}

function isReadiness(said: unknown): said is Readiness {
  if (!isRecord(said) || typeof said.ok !== "boolean" || !isRecord(said.parts)) return false;
  return Object.entries(said.parts).every(
    ([name, part]) =>
      isCode(name) && isRecord(part) && typeof part.ok === "boolean" && (part.why === undefined || isCode(part.why)),
  );
}

// Both are printed, and something else may be listening there.
const isCode = (text: unknown): boolean => typeof text === "string" && /^[A-Za-z0-9_.:-]{1,80}$/.test(text);

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === "object" && value !== null && !Array.isArray(value);
