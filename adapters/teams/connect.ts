/** The calls to Teams, made with botbuilder: this file is all that knows it. Its retries, redirects and log are taken out. */
import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { ClaimsIdentity, type ConnectorClient, type ConnectorFactory } from "botframework-connector";
import { Entity as entityMapper } from "botframework-connector/lib/connectorApi/models/mappers.js";
import { BearingsError } from "#src/errors.ts";
import type { Log } from "#src/log.ts";
import { calledFrom, calledWithout, pageIn, type Raw } from "./called.ts";
import { type Cloud, publicCloud } from "./cloud.ts";
import type { Address, Called, Connector, Message, Personal } from "./connector.ts";
import { createLogin, type Identity, type Login } from "./login.ts";

export type ConnectorOptions = {
  /** Null in the Playground: calls then go out without a token. */
  readonly identity: Identity | null;
  readonly cloud: Cloud;
  readonly log: Log;
  /** Longest wait for an answer, milliseconds. Default 10,000. */
  readonly patienceMs?: number;
};

/** `ready` gets a token once: ok, or a code such as `AADSTS7000215` or `login_unreachable`. */
export type OpenConnector = Connector & { readonly ready: () => Promise<"ok" | { readonly code: string }> };

/** Opens it; nothing is sent. Throws where botbuilder is not as it should be, or the certificate cannot be read. */
export function openConnector({ identity, cloud, log, patienceMs = 10_000 }: ConnectorOptions): OpenConnector {
  if (!isAsKnown) throw notAsKnown();
  const login = identity === null ? null : createLogin({ identity, cloud, nowMs: Date.now });
  const factory = factoryOf(identity?.appId ?? "playground", cloud);
  const ask = (serviceUrl: string, step: Step) =>
    outcomeOf({ cloud, login, factory, log, patienceMs, serviceUrl, step });
  const call = async (serviceUrl: string, step: Step): Promise<Called> => {
    const outcome = await ask(serviceUrl, step);
    return "raw" in outcome ? calledFrom(outcome.raw, Date.now()) : outcome.called;
  };
  return {
    async ready() {
      const got = await login?.token();
      return got?.kind === "failed" ? { code: got.code } : "ok";
    },
    send: (to, message) =>
      call(to.serviceUrl, ({ conversations }, options) =>
        conversations.sendToConversation(pathOf(to), activityOf(message), options),
      ),
    update: (to, id, message) =>
      call(to.serviceUrl, ({ conversations }, options) =>
        conversations.updateActivity(pathOf(to), segment(id), activityOf(message), options),
      ),
    async openPersonal(person) {
      const called = await call(person.serviceUrl, ({ conversations }, options) =>
        conversations.createConversation(personalOf(person), options),
      );
      // Without its id there is nowhere to send to.
      return called.kind === "ok" && called.id === "" ? { kind: "unknown" } : called;
    },
    isLargerThan: (to, people) => isLargerThan(to, people, ask),
  };
}

type Ask = (serviceUrl: string, step: Step) => Promise<Outcome>;
/** One call of the client's. What it gives is not looked at: the answer itself is. */
type Step = (client: ConnectorClient, options: { readonly abortSignal: AbortSignal }) => Promise<unknown>;
type Outcome = { readonly raw: Raw } | { readonly called: Called };

type Attempt = {
  readonly cloud: Cloud;
  readonly login: Login | null;
  readonly factory: ConnectorFactory;
  readonly log: Log;
  readonly patienceMs: number;
  readonly serviceUrl: string;
  readonly step: Step;
};

/** One try; a second one where our token was refused, since it may have been renewed elsewhere or called back. */
async function outcomeOf(attempt: Attempt): Promise<Outcome> {
  const { cloud, login, log, serviceUrl } = attempt;
  // The token goes wherever this leads.
  if (!cloud.isServiceUrl(serviceUrl)) return { called: unsent("bad_service_url") };
  for (let tries = 1; ; tries += 1) {
    const got = await login?.token();
    if (got?.kind === "failed") {
      log({ level: "warn", event: "teams.no-token", code: got.code });
      return { called: got };
    }
    const outcome = await once(attempt, got?.token ?? null);
    if (tries > 1 || got === undefined || !("raw" in outcome) || outcome.raw.status !== 401) return outcome;
    login?.drop(got.token);
  }
}

async function once({ factory, serviceUrl, patienceMs, step }: Attempt, token: string | null): Promise<Outcome> {
  const seen: { raw: Raw | null; hasBegun: boolean } = { raw: null, hasBegun: false };
  const client = await factory.create(serviceUrl);
  tame(client, async (request, next) => {
    if (token !== null) request.headers.set("authorization", `Bearer ${token}`);
    seen.hasBegun = true;
    const response = await next(request);
    const { status, headers, bodyAsText } = response;
    seen.raw = { status, retryAfter: headers.get("retry-after") ?? null, text: bodyAsText ?? "" };
    return response;
  });
  try {
    await step(client, { abortSignal: AbortSignal.timeout(patienceMs) });
  } catch (error) {
    // Also what the client makes of an answer that it does not understand, which we have read ourselves.
    if (seen.raw === null) return { called: seen.hasBegun ? calledWithout(error) : unsent("unsendable") };
  }
  return seen.raw === null ? { called: { kind: "unknown" } } : { raw: seen.raw };
}

const unsent = (code: string): Called => ({ kind: "refused", status: 0, code });

/** Thread and channel in one, as Teams has it. */
const pathOf = ({ conversation, thread }: Address): string =>
  segment(thread === null ? conversation : `${conversation};messageid=${thread}`);

/** The client encodes it; but dots alone would lead to another call. */
function segment(id: string): string {
  if (/^\.{0,2}$/.test(id)) throw new Error("not an id");
  return id;
}

const activityOf = ({ text, textFormat, summary, entities, attachments, asksVote }: Message) => ({
  type: "message",
  ...(text === "" ? {} : { text, textFormat }),
  summary,
  entities: [...entities],
  attachments: [...attachments],
  channelData: asksVote ? { feedbackLoop: { type: "default" } } : {},
});

// botbuilder's shapes also want names, and a first message, which Teams wants none of.
const personalOf = ({ tenant, user, bot }: Personal) => ({
  isGroup: false,
  bot: { id: bot, name: "" },
  members: [{ id: user, name: "" }],
  tenantId: tenant,
  channelData: { tenant: { id: tenant } },
});

// A page has 50 people at least and 500 at most.
const pageSizes = { least: 50, most: 500 } as const;
const mostPages = 20;

async function isLargerThan({ serviceUrl, ...to }: Address, people: number, ask: Ask): Promise<boolean | null> {
  const pageSize = Math.min(pageSizes.most, Math.max(pageSizes.least, people + 1));
  let counted = 0;
  let next: string | null = null;
  for (let pages = 0; pages < mostPages; pages += 1) {
    // The client's types want one for the first page too.
    const more = (next === null ? {} : { continuationToken: next }) as { readonly continuationToken: string };
    const outcome: Outcome = await ask(serviceUrl, ({ conversations }, options) =>
      conversations.getConversationPagedMembers(segment(to.conversation), { ...options, pageSize, ...more }),
    );
    const page = "raw" in outcome ? pageIn(outcome.raw) : null;
    if (page === null) return null;
    counted += page.people;
    if (counted > people) return true;
    if (page.next === null) return false;
    next = page.next;
  }
  return null;
}

/** botbuilder's own way to a client. As soon as one of its addresses is given, it has defaults for none. */
function factoryOf(appId: string, { loginUrl, audience, issuer, openIdUrl }: Cloud): ConnectorFactory {
  const settings = {
    MicrosoftAppId: appId,
    ToChannelFromBotLoginUrl: loginUrl,
    ToChannelFromBotOAuthScope: audience,
    ToBotFromChannelTokenIssuer: issuer,
    ToBotFromChannelOpenIdMetadataUrl: openIdUrl,
    ToBotFromEmulatorOpenIdMetadataUrl: openIdUrl,
    OAuthUrl: audience,
    CallerId: "",
  };
  return new ConfigurationBotFrameworkAuthentication(settings, {
    isValidAppId: async (id) => id === appId,
    isAuthenticationDisabled: async () => false,
    // Each call brings its token itself.
    createCredentials: async () => ({ signRequest: async (request) => request }),
  }).createConnectorFactory(new ClaimsIdentity([{ type: "aud", value: appId }], true));
}

type Sending = {
  readonly url: string;
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
function tame(client: ConnectorClient, send: Send): void {
  const inner: unknown = Reflect.get(client, "client");
  const pipeline: unknown = typeof inner === "object" && inner !== null ? Reflect.get(inner, "pipeline") : null;
  if (!isPipeline(pipeline)) throw notAsKnown();
  for (const name of unwanted) if (pipeline.removePolicy({ name }).length !== 1) throw notAsKnown();
  pipeline.addPolicy({ name: "bearings", sendRequest: send }, { phase: "Sign" });
}

const isPipeline = (value: unknown): value is Pipeline =>
  typeof value === "object" && value !== null && "addPolicy" in value && "removePolicy" in value;

/**
 * botbuilder 4.23.3 leaves out whatever it does not know of an entity, and citations with it. Its mapper is told to keep it,
 * and a message is taken through all of the client but the network.
 */
async function keepsCitations(): Promise<boolean> {
  const entity = { type: "https://schema.org/Message", citation: [{ appearance: { name: "kept" } }] };
  let written = "";
  try {
    entityMapper.type.additionalProperties ??= { type: { name: "Object" } };
    const client = await factoryOf("probe", publicCloud).create("https://probe.invalid/");
    tame(client, async ({ body }) => {
      written = String(body);
      throw new Error("nothing is sent");
    });
    await client.conversations.sendToConversation("probe", { type: "message", entities: [entity] }).catch(() => {});
    return JSON.stringify(JSON.parse(written).entities) === JSON.stringify([entity]);
  } catch {
    return false;
  }
}

const isAsKnown = await keepsCitations();

const notAsKnown = (): BearingsError =>
  new BearingsError(
    "config",
    "The installed botbuilder is not the one that Bearings knows: answers would lose their citations, or come twice.",
    "Install the versions that Bearings was tested with by `npm ci`, and start again.",
  );
