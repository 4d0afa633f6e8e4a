/** The calls to Teams, made with botbuilder: this file is all that knows it. Its retries, redirects and log are taken out. */
import { ConfigurationBotFrameworkAuthentication } from "botbuilder";
import { ClaimsIdentity, type ConnectorClient, type ConnectorFactory } from "botframework-connector";
import { Entity as entityMapper } from "botframework-connector/lib/connectorApi/models/mappers.js";
import type { Log } from "#src/log.ts";
import type { TeamsIdentity } from "#src/teams-config.ts";
import { calledFrom, calledWithout, pageIn, type Raw } from "./called.ts";
import { type Cloud, publicCloud } from "./cloud.ts";
import type { Address, Called, Connector, Message, Personal } from "./connector.ts";
import { keepFew } from "./few.ts";
import { createLogin, type Login } from "./login.ts";
import { notAsKnown, tame } from "./pipeline.ts";

export type ConnectorOptions = {
  /** Null in the Playground: calls then go out without a token. */
  readonly identity: TeamsIdentity | null;
  readonly cloud: Cloud;
  readonly log: Log;
  /** Longest wait for an answer, milliseconds. Default 10,000. */
  readonly patienceMs?: number;
  /** Told of each call that Teams turned away since there are too many. */
  readonly limited?: () => void;
};

/** `ready` gets a token once: ok, or a code such as `AADSTS7000215` or `login_unreachable`. */
export type OpenConnector = Connector & { readonly ready: () => Promise<"ok" | { readonly code: string }> };

/** Opens it; nothing is sent. Throws where botbuilder is not as it should be, or the certificate cannot be read. */
export function openConnector(options: ConnectorOptions): OpenConnector {
  const { identity, cloud, log, patienceMs = 10_000, limited = () => {} } = options;
  if (!isAsKnown) throw notAsKnown();
  const login = identity === null ? null : createLogin({ identity, cloud, nowMs: Date.now });
  const factory = factoryOf(identity?.appId ?? "playground", cloud);
  // Making one takes about as long as sending a message.
  const clientAt = keepFew((serviceUrl) => openClient(factory, serviceUrl), mostClients);
  const ask = (serviceUrl: string, step: Step) =>
    outcomeOf({ cloud, login, clientAt, log, patienceMs, serviceUrl, step });
  const call = async (serviceUrl: string, step: Step): Promise<Called> => {
    const outcome = await ask(serviceUrl, step);
    const called = "raw" in outcome ? calledFrom(outcome.raw, Date.now()) : outcome.called;
    if (called.kind === "limited") limited();
    return called;
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
  readonly clientAt: (serviceUrl: string) => Promise<Client>;
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

/** One client for all calls to a service URL, and what is going on with each, by its signal. */
type Client = { readonly connector: ConnectorClient; readonly going: WeakMap<object, Going> };
type Going = { readonly token: string | null; hasBegun: boolean; raw: Raw | null };

// A region has one address.
const mostClients = 20;

async function openClient(factory: ConnectorFactory, serviceUrl: string): Promise<Client> {
  const going: Client["going"] = new WeakMap();
  const connector = await factory.create(serviceUrl);
  tame(connector, async (request, next) => {
    const one = request.abortSignal === undefined ? undefined : going.get(request.abortSignal);
    if (one === undefined) throw notAsKnown();
    if (one.token !== null) request.headers.set("authorization", `Bearer ${one.token}`);
    one.hasBegun = true;
    const response = await next(request);
    const { status, headers, bodyAsText } = response;
    one.raw = { status, retryAfter: headers.get("retry-after") ?? null, text: bodyAsText ?? "" };
    return response;
  });
  return { connector, going };
}

async function once({ clientAt, serviceUrl, patienceMs, step }: Attempt, token: string | null): Promise<Outcome> {
  const { connector, going } = await clientAt(serviceUrl);
  const abortSignal = AbortSignal.timeout(patienceMs);
  const one: Going = { token, hasBegun: false, raw: null };
  going.set(abortSignal, one);
  try {
    await step(connector, { abortSignal });
  } catch (error) {
    // Also what the client makes of an answer that it does not understand, which we have read ourselves.
    if (one.raw === null) return { called: one.hasBegun ? calledWithout(error) : unsent("unsendable") };
  }
  return one.raw === null ? { called: { kind: "unknown" } } : { raw: one.raw };
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
