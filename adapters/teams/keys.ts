/** Microsoft's keys, by which requests to us are signed. Asked for seldom, and kept while Microsoft does not answer. */
import { type CryptoKey, importJWK } from "jose";
import { z } from "zod";
import { type Log, named } from "#src/log.ts";
import { failure, fetchJson } from "./fetch-json.ts";

export type SigningKey = {
  readonly key: CryptoKey;
  /** Channels that it speaks for; empty where none are said. */
  readonly endorsements: readonly string[];
};

/** `unavailable`: nobody can say at this moment which keys there are. */
export type FoundKey = SigningKey | "unknown" | "unavailable";

/** Finds a key by its id. Never rejects. */
export type FindKey = (kid: string) => Promise<FoundKey>;

export type KeysOptions = {
  readonly openIdUrl: string;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  readonly log: Log;
  /** Longest wait for Microsoft, milliseconds. Default 5,000. */
  readonly patienceMs?: number;
};

const hourMs = 60 * 60 * 1_000;
/** Fetched anew after so long, and good for so long while that fails. */
const ages = { fresh: 12 * hourMs, kept: 24 * hourMs } as const;
/** Least time between two fetches for a key that nobody knows, and after one that failed. */
const rests = { unknown: 5 * 60_000, failure: 10_000 } as const;

type Ring = ReadonlyMap<string, SigningKey>;

/** Opens it; nothing is fetched before the first key is looked for. */
export function createKeys({ openIdUrl, nowMs, log, patienceMs = 5_000 }: KeysOptions): FindKey {
  let ring: Ring | null = null;
  let [fetchedAtMs, failedAtMs, soughtAtMs] = [never, never, never];
  let flight: Promise<void> | null = null;
  // A clock that was set back must not make a rest longer.
  const isWithin = (ms: number, atMs: number): boolean => nowMs() >= atMs && nowMs() - atMs < ms;

  function refresh(): Promise<void> {
    if (isWithin(rests.failure, failedAtMs)) return Promise.resolve();
    flight ??= fetchRing(openIdUrl, patienceMs)
      .then(
        (fetched) => {
          [ring, fetchedAtMs, failedAtMs] = [fetched, nowMs(), never];
        },
        (error: unknown) => {
          failedAtMs = nowMs();
          log({ level: "warn", event: "teams.keys-unavailable", ...named(error) });
        },
      )
      .finally(() => {
        flight = null;
      });
    return flight;
  }

  const kept = (): Ring | null => (isWithin(ages.kept, fetchedAtMs) ? ring : null);

  /** Not among those that are kept: they may be new, which is looked at now and then. */
  async function seek(kid: string): Promise<FoundKey> {
    if (flight === null && isWithin(rests.unknown, soughtAtMs)) return failedAtMs === never ? "unknown" : "unavailable";
    if (flight === null) soughtAtMs = nowMs();
    await refresh();
    return kept()?.get(kid) ?? (failedAtMs === never ? "unknown" : "unavailable");
  }

  return async (kid) => {
    if (kept() === null) {
      await refresh();
      return kept()?.get(kid) ?? (kept() === null ? "unavailable" : "unknown");
    }
    const found = kept()?.get(kid);
    if (found === undefined) return seek(kid);
    if (!isWithin(ages.fresh, fetchedAtMs)) void refresh();
    return found;
  };
}

const never = Number.NEGATIVE_INFINITY;

const openId = z.object({ jwks_uri: z.url() });
const keySet = z.object({ keys: z.array(z.unknown()).max(1_000) });
const rsaKey = z.object({
  kty: z.literal("RSA"),
  kid: z.string().min(1).max(500),
  n: z.string(),
  e: z.string(),
  use: z.literal("sig").optional(),
  alg: z.literal("RS256").optional(),
  endorsements: z.array(z.string()).default([]),
});

/** Rejects where there is no answer, or none with a key in it. */
async function fetchRing(openIdUrl: string, patienceMs: number): Promise<Ring> {
  // One limit for both pages.
  const signal = AbortSignal.timeout(patienceMs);
  const { jwks_uri: keysUrl } = openId.parse(await fetchJson(openIdUrl, signal));
  if (new URL(keysUrl).protocol !== new URL(openIdUrl).protocol) throw failure("keys_elsewhere");
  const { keys } = keySet.parse(await fetchJson(keysUrl, signal));
  const read = await Promise.all(keys.map(keyOf));
  const ring = new Map<string, SigningKey>();
  for (const one of read) if (one !== null && !ring.has(one.kid)) ring.set(one.kid, one);
  if (ring.size === 0) throw failure("no_keys");
  return ring;
}

/** Null for what is no key that we would believe: one of another kind, or too short. */
async function keyOf(jwk: unknown): Promise<(SigningKey & { readonly kid: string }) | null> {
  const read = rsaKey.safeParse(jwk);
  if (!read.success) return null;
  const { kid, kty, n, e, endorsements } = read.data;
  try {
    const key = await importJWK({ kty, n, e }, "RS256");
    if (key instanceof Uint8Array || !isLong(key)) return null;
    return { kid, key, endorsements };
  } catch {
    return null;
  }
}

const isLong = ({ algorithm }: CryptoKey): boolean =>
  "modulusLength" in algorithm && typeof algorithm.modulusLength === "number" && algorithm.modulusLength >= 2_048;
