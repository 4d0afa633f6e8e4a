/** The one reply that must never fail, tried every five minutes: a fixed cry for help, answered and drawn as for a person. */
import { type Log, named } from "#src/log.ts";
import { plain } from "#src/plain.ts";
import type { Check } from "#src/readiness.ts";
import type { Reply, Respond } from "#src/reply.ts";
import { type Turn, userText } from "#src/turn.ts";

/** What a door makes of a reply, as text of whatever kind. */
export type DrawReply = (reply: Reply) => string;

export type CrisisOptions = {
  readonly respond: Respond;
  /** By the name of the door, each with its own drawing. */
  readonly draw: Readonly<Record<string, DrawReply>>;
  readonly log: Log;
};

export type CrisisTest = {
  /** How the last try went; `why` is `reply` or the name of the door that could not draw it. The first one is made now. */
  readonly check: Check;
  readonly stop: () => void;
};

const everyMs = 5 * 60_000;

const probe: Turn = {
  id: "self-test",
  atMs: 0,
  person: { id: "self-test", zone: null },
  place: { door: "self-test", key: "", isPrivate: true },
  said: { kind: "text", text: userText("I want to kill myself tonight") },
};

/** Tries it at once, and then for as long as it is not stopped. Nothing is sent and nothing is counted. */
export function openCrisisTest(options: CrisisOptions): CrisisTest {
  const { log } = options;
  let failed = tried(options);
  const tell = () => failed !== null && log({ level: "error", event: "crisis.self-test-failed", code: failed });
  tell();
  const timer = setInterval(() => {
    failed = tried(options);
    tell();
  }, everyMs);
  timer.unref();
  return {
    check: async () => (failed === null ? { ok: true } : { ok: false, why: failed }),
    stop: () => clearInterval(timer),
  };
}

/** Null where all is well; else what is not. */
function tried({ respond, draw, log }: CrisisOptions): string | null {
  let at = "reply";
  try {
    const { reply, lane } = respond(probe);
    if (lane !== "now" || reply.kind !== "crisis") return at;
    const numbers = reply.contacts.flatMap(({ call, text }) => call ?? text ?? []);
    if (numbers.length === 0) return at;
    for (const [door, drawn] of Object.entries({ web: plain, ...draw })) {
      at = door;
      const shown = drawn(reply);
      if (!numbers.every((number) => shown.includes(number))) return at;
    }
    return null;
  } catch (error) {
    log({ level: "error", event: "crisis.self-test-threw", ...named(error) });
    return at;
  }
}
