/** Whether each part can do its work at this moment, for whoever runs Bearings: codes and numbers, no ids and no words of people. */
import { named } from "./log.ts";
import { within } from "./within.ts";

/** How one part stands. `why` is a code, where it is not ok; the rest are figures of its own. */
export type PartState = {
  readonly ok: boolean;
  readonly why?: string;
  readonly [figure: string]: string | number | boolean | undefined;
};

/** Looks at one part; null where it is off. A rejection counts as not ok, with the error's code. */
export type Check = () => Promise<PartState | null>;

/** All parts by name; ok when each of them is. A part that is off is absent. */
export type Readiness = { readonly ok: boolean; readonly parts: Readonly<Record<string, PartState>> };

/** How long a part may take to say how it stands, milliseconds. Whoever asks usually waits for a few seconds. */
export const readinessLimitMs = 2_000;

/** Looks at all parts at once. Never rejects; takes no longer than the limit. */
export function createReadiness(
  checks: Readonly<Record<string, Check>>,
  limitMs = readinessLimitMs,
): () => Promise<Readiness> {
  const limited = Object.entries(checks).map(([name, check]) => [name, shared(check, limitMs)] as const);
  return async () => {
    const looks = limited.map(async ([name, check]) => ({ name, state: await check().catch(failed) }));
    const states = (await Promise.all(looks)).flatMap(({ name, state }) => (state === null ? [] : [{ name, state }]));
    return {
      ok: states.every(({ state }) => state.ok),
      parts: Object.fromEntries(states.map(({ name, state }) => [name, state])),
    };
  };
}

const codeOfOurs = /^[A-Za-z0-9_.:-]{1,80}$/;

function failed(error: unknown): PartState {
  const { code = "failed" } = named(error);
  return { ok: false, why: codeOfOurs.test(code) ? code : "failed" };
}

/**
 * The same work with a time limit, after which it rejects with the code `timeout`. Whoever asks while it runs waits for that
 * run: however often a silent database is asked about, it is asked once.
 */
export function shared<T>(work: () => Promise<T>, limitMs = readinessLimitMs): () => Promise<T> {
  let running: Promise<T> | null = null;
  return async () => {
    running ??= work().finally(() => {
      running = null;
    });
    const done = await within(running, limitMs);
    if (done === "late") throw Object.assign(new Error("Too late."), { code: "timeout" });
    return done;
  };
}
