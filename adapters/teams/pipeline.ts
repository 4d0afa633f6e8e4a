/** What botbuilder's client does on the way to the network, as far as it is changed here. connect.ts alone has such a client. */
import { BearingsError } from "#src/errors.ts";

type Sending = {
  readonly url: string;
  readonly abortSignal?: object;
  readonly body?: unknown;
  readonly headers: { readonly set: (name: string, value: string) => void };
};
type Sent = {
  readonly status: number;
  readonly headers: { readonly get: (name: string) => string | undefined };
  readonly bodyAsText?: string | null;
};
type Send = (request: Sending, next: (request: Sending) => Promise<Sent>) => Promise<Sent>;
type Pipeline = {
  readonly addPolicy: (policy: { readonly name: string; readonly sendRequest: Send }, at: { phase: "Sign" }) => void;
  readonly removePolicy: (which: { readonly name: string }) => readonly unknown[];
};

const unwanted = ["defaultRetryPolicy", "redirectPolicy", "logPolicy"];

/** Leaves one try to the client, and puts `send` closest to the network. Throws where botbuilder is built in another way. */
export function tame(client: object, send: Send): void {
  const inner: unknown = Reflect.get(client, "client");
  const pipeline: unknown = typeof inner === "object" && inner !== null ? Reflect.get(inner, "pipeline") : null;
  if (!isPipeline(pipeline)) throw notAsKnown();
  for (const name of unwanted) if (pipeline.removePolicy({ name }).length !== 1) throw notAsKnown();
  pipeline.addPolicy({ name: "bearings", sendRequest: send }, { phase: "Sign" });
}

const isPipeline = (value: unknown): value is Pipeline =>
  typeof value === "object" && value !== null && "addPolicy" in value && "removePolicy" in value;

/** For whoever runs Bearings: what is installed is something else. */
export const notAsKnown = (): BearingsError =>
  new BearingsError(
    "config",
    "The installed botbuilder is not the one that Bearings knows: answers would lose their citations, or come twice.",
    "Install the versions that Bearings was tested with by `npm ci`, and start again.",
  );
