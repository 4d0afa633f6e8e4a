/**
 * What local-slack lacks, in front of it: tokens, limits, metadata, rate limits, the agent surface, and deliveries whose
 * every part is there. The bot's SLACK_API_URL points here; in HTTP mode local-slack posts to `eventsUrl`.
 */
import { type ApiServer, openApiServer } from "./api-server.ts";
import { drawable, withIds } from "./drawable.ts";
import { wrongToken } from "./fake-slack.ts";
import type { Ack, EnvelopeType } from "./fake-socket.ts";
import { createMemory, type Hint } from "./memory.ts";
import { type Carrier, carry } from "./proxy-methods.ts";
import { openRelay } from "./relay.ts";
import { type Known, repaired } from "./repair.ts";
import { deliverTo, signedEvent, signedForm, signedInteraction } from "./signed.ts";
import { botToken, type Identity, type Json, listOf, objectOf, us } from "./team.ts";

/** Two messages in one channel, less than a second apart. Slack tolerates a few, then answers 429. */
export type Burst = { readonly channel: string; readonly gapMs: number };

export type SlackProxy = Omit<ApiServer, "server"> & {
  /** For local-slack's `requestUrl` in HTTP mode. */
  readonly eventsUrl: string;
  /** HTTP mode: where the bot takes deliveries, such as `http://127.0.0.1:4000/slack/events`. */
  readonly deliverAt: (botUrl: string) => void;
  /** HTTP mode: what the bot answered to each delivery, and in which time. */
  readonly deliveries: () => readonly { readonly status: number; readonly ms: number }[];
  /** Brings something that local-slack never sends, such as a shortcut, by whichever way the bot listens. */
  readonly bring: (type: EnvelopeType, body: Json) => Promise<Ack>;
  /** A new address to respond at, for `user` in `channel`. Faults of all such addresses: method `response_url`. */
  readonly responseUrl: (channel: string, user: string) => string;
  readonly hints: () => readonly Hint[];
  /** Messages that came too fast. */
  readonly bursts: () => readonly Burst[];
  /** Connections of Socket Mode. */
  readonly connections: () => number;
};

export type ProxyOptions = { readonly tokens?: ReadonlyMap<string, Identity>; readonly port?: number };

/** Opens one in front of `upstreamUrl`, which need not be there yet. */
export async function openProxy(upstreamUrl: string, options: ProxyOptions = {}): Promise<SlackProxy> {
  const tokens = options.tokens ?? new Map([[botToken, us]]);
  const memory = createMemory();
  const addresses = new Map<string, { readonly channel: string; readonly user: string; readonly upstream: string }>();
  const deliveries: { readonly status: number; readonly ms: number }[] = [];
  let botUrl: string | null = null;

  const newAddress = (upstream: string, channel: string, user: string): string => {
    const id = `r${addresses.size + 1}`;
    addresses.set(id, { channel, user, upstream });
    return `${api.url}/api/response_url?id=${id}`;
  };
  const known: Known = {
    messages: new Map(),
    homes: new Map(),
    modal: null,
    viewIds: new Map(),
    respondAt: newAddress,
  };
  const carrier: Carrier = { upstreamUrl, known, memory, addresses, inFrontOf: (url) => relay.inFrontOf(url) };

  async function deliver(body: Json): Promise<{ readonly status: number; readonly text: string }> {
    if (botUrl === null) throw new Error("the bot's address is not known: call deliverAt first");
    const sign =
      body.command !== undefined ? signedForm : body.type === "event_callback" ? signedEvent : signedInteraction;
    const answered = await deliverTo(botUrl, sign(body));
    deliveries.push({ status: answered.status, ms: answered.ms });
    return answered;
  }

  const api = await openApiServer({
    port: options.port ?? 0,
    check: (token, method) => wrongToken(token, method, tokens),
    handle: (call) => carry(call, carrier),
    async other(path, body, request, response) {
      if (path !== "/events") return void response.writeHead(404).end();
      const isForm = (request.headers["content-type"] ?? "").includes("form");
      const answered = await deliver(repaired(bodyIn(body, isForm), known));
      response.writeHead(answered.status).end(answerFromBot(answered.text, known));
    },
  });
  const relay = openRelay(api.server, api.url, {
    forBot: (body) => repaired(body, known),
    fromBot: (answer) => drawnAnswer(answer, known),
  });

  return {
    ...api,
    eventsUrl: `${api.url}/events`,
    deliverAt(url) {
      botUrl = url;
    },
    deliveries: () => deliveries,
    async bring(type, body) {
      if (botUrl === null) return relay.inject(type, body);
      const { text } = await deliver(body);
      return { envelopeId: "", payload: text === "" ? undefined : JSON.parse(text) };
    },
    responseUrl: (channel, user) => newAddress("", channel, user),
    hints: () => memory.hints,
    bursts: () => burstsIn(api),
    connections: relay.connections,
    async close() {
      relay.close();
      await api.close();
    },
  };
}

/** A delivery of local-slack's: JSON, a command as a form, or an interaction as JSON in the one field of a form. */
function bodyIn(body: string, isForm: boolean): Json {
  if (!isForm) return objectOf(JSON.parse(body));
  const form = Object.fromEntries(new URLSearchParams(body));
  return form.payload === undefined ? form : objectOf(JSON.parse(form.payload));
}

function answerFromBot(text: string, known: Known): string {
  try {
    return text === "" ? "" : JSON.stringify(drawnAnswer(objectOf(JSON.parse(text)), known));
  } catch {
    return text;
  }
}

/** What the bot acknowledges with: a message or a view, drawn with what local-slack knows. */
function drawnAnswer(answer: Json, known: Known): Json {
  const view = objectOf(answer.view);
  if (answer.view !== undefined) known.modal = { ...known.modal, ...view, blocks: withIds(listOf(view.blocks)) };
  return {
    ...answer,
    ...(answer.blocks === undefined ? {} : { blocks: drawable(listOf(answer.blocks)) }),
    ...(answer.view === undefined ? {} : { view: { ...view, blocks: drawable(listOf(view.blocks)) } }),
  };
}

// A little under a second: a timer may fire early by a few milliseconds.
const leastGapMs = 980;

function burstsIn({ calls }: Pick<ApiServer, "calls">): readonly Burst[] {
  const last = new Map<string, number>();
  return calls("chat.postMessage").flatMap(({ args, answer, atMs }) => {
    if (answer?.ok !== true) return [];
    const channel = String(args.channel);
    const gapMs = atMs - (last.get(channel) ?? Number.NEGATIVE_INFINITY);
    last.set(channel, atMs);
    return gapMs < leastGapMs ? [{ channel, gapMs }] : [];
  });
}
