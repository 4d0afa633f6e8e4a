/**
 * One delivery of Slack's, through Bolt and to an acknowledgement, whichever way it came. An event is acknowledged once its
 * answer is out, or after two seconds: a crash before that makes Slack bring it again, so that nothing typed is ever stored.
 */
import type { App, Receiver, StringIndexed } from "@slack/bolt";
import { type Log, named } from "#src/log.ts";
import type { Payload } from "./payload.ts";

/** How a delivery is answered: taken (with what to say), not for us, or to be brought again. */
export type Acknowledged =
  | { readonly kind: "taken"; readonly say: unknown }
  | { readonly kind: "unknown" }
  | { readonly kind: "again" };

/** Takes one delivery, already found to be Slack's and well formed. Never rejects. */
export type Receive = (payload: Payload, body: StringIndexed) => Promise<Acknowledged>;

export type Intake = {
  /** For Bolt's App: it has no server and no socket of its own. */
  readonly receiver: Receiver;
  readonly receive: Receive;
  /** From now on nothing is taken; resolves when all that was taken has ended. */
  readonly close: () => Promise<void>;
};

// Slack gives up after three seconds, and the answer to it takes a moment to arrive.
const patienceMs = 2_000;

/** The name under which listeners find the payload in Bolt's context. */
export const payloadKey = "bearings";

/** Opens the intake. Before `receiver` has been given to an App, everything is to be brought again. */
export function createIntake({
  log,
  sleep,
}: {
  readonly log: Log;
  readonly sleep: (ms: number) => Promise<void>;
}): Intake {
  let app: App | null = null;
  let isClosed = false;
  const underWay = new Set<Promise<unknown>>();
  const nothing = async () => {};

  async function process(payload: Payload, body: StringIndexed): Promise<Acknowledged> {
    if (app === null) return { kind: "again" };
    const isEvent = body.type === "event_callback";
    let early: (acknowledged: Acknowledged) => void = () => {};
    const acknowledged = new Promise<Acknowledged>((resolve) => {
      early = resolve;
    });
    let isAcknowledged = false;
    const ack = async (say?: unknown) => {
      isAcknowledged = true;
      // Bolt acknowledges events before anything is done with them; that is ours to decide.
      if (!isEvent) early({ kind: "taken", say });
    };
    const done = app
      .processEvent({ body, ack, customProperties: { [payloadKey]: payload } })
      .then((): Acknowledged => (isAcknowledged ? { kind: "taken", say: undefined } : { kind: "unknown" }))
      .catch((error: unknown): Acknowledged => {
        const cause = thrown(error);
        // A flood is told of once a minute, by whoever turned it away.
        if (!(cause instanceof Error && cause.name === "Unanswered"))
          log({ level: "warn", event: "slack.unanswered", ...named(cause) });
        // Bolt stumbles over parts that it alone reads, and would do so each time.
        return isListeners(error) ? { kind: "again" } : { kind: "unknown" };
      });
    underWay.add(done);
    void done.finally(() => underWay.delete(done));
    if (!isEvent) return Promise.race([acknowledged, done]);
    const late = sleep(patienceMs).then((): Acknowledged => ({ kind: "taken", say: undefined }));
    return Promise.race([done, late]);
  }

  return {
    receiver: {
      init(given) {
        app = given;
      },
      start: nothing,
      stop: nothing,
    },
    receive: async (payload, body) => {
      if (isClosed) return { kind: "again" };
      // Nothing here listens to it: Bolt would only look for someone who does, and throw where nobody wrote it.
      const isForNobody = payload.kind === "other" || ("user" in payload && payload.user === null);
      return isForNobody ? { kind: "taken", say: undefined } : process(payload, body);
    },
    async close() {
      isClosed = true;
      while (underWay.size > 0) await Promise.allSettled(underWay);
    },
  };
}

/** Whether a listener threw it: Bolt puts a code on that where it has none. */
const isListeners = (error: unknown): boolean => error instanceof Error && "code" in error;

/** What a listener threw: Bolt puts it into an error of its own, and all of those are alike. */
const thrown = (error: unknown): unknown => (error instanceof Error && "original" in error ? error.original : error);
