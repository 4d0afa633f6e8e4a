/** Teams over HTTP: one address, where nothing is believed before it is known to be Microsoft's, for us, and of our organisation. */
import { isUtf8 } from "node:buffer";
import type { IncomingMessage, ServerResponse } from "node:http";
import { isFromOurPage, type JsonObject, jsonObject, type Route, readBody } from "#src/http.ts";
import { type Log, named } from "#src/log.ts";
import { sendJson } from "#src/refuse.ts";
import { within } from "#src/within.ts";
import type { Activity } from "./activity.ts";
import type { Authenticate } from "./authenticate.ts";
import type { Answered } from "./door.ts";
import { headOf, parseActivity } from "./parse.ts";
import { isLoopbackServiceUrl } from "./service-url.ts";

/** Who may send: one organisation by way of Microsoft, or the Playground on this computer, which proves nothing. */
type Guard =
  | { readonly authenticate: Authenticate; readonly tenantId: string }
  | { readonly authenticate: null; readonly tenantId: null };

export type TeamsRouteOptions = Guard & {
  readonly isServiceUrl: (url: string) => boolean;
  readonly receive: (activity: Activity) => Promise<Answered>;
  readonly log: Log;
  /** Longest wait for an answer, milliseconds. Default 14,000: Teams sends again after 15 s. */
  readonly patienceMs?: number;
};

/** Largest request that is read, bytes. A message of Teams' has 28 KB, and a quoted or pasted one more. */
const mostBytes = 256 * 1_024;

/** `POST /api/messages`, for all that Teams has to say. */
export const teamsRoute = (options: TeamsRouteOptions): Route => ({
  method: "POST",
  path: "/api/messages",
  limitBytes: mostBytes,
  // In the Playground anybody is believed, so a page elsewhere must not reach us under a name of its own.
  anyHost: options.authenticate !== null,
  async handle(request, response) {
    const body = await readBody(request, mostBytes);
    if (body.kind === "refused") return answer(response, { status: body.status });
    const json = isUtf8(body.bytes) ? jsonObject(body.bytes.toString("utf8")) : null;
    if (json === null) return answer(response, { status: 400 });
    return answer(response, await inTime(take(json, request, options), json.type === "invoke", options));
  },
});

/** From the shape to the answer, in an order that matters: what is not known to be Microsoft's is not read. */
async function take(json: JsonObject, request: IncomingMessage, options: TeamsRouteOptions): Promise<Answered> {
  const head = headOf(json);
  if (head === null) return { status: 400 };
  const refusal = await refusalOf(head, request, options);
  if (refusal !== null) return refusal;
  const activity = parseActivity(json);
  return activity === null ? { status: 400 } : options.receive(activity);
}

type Head = NonNullable<ReturnType<typeof headOf>>;

/** Null for what may come in. */
async function refusalOf(
  head: Head,
  request: IncomingMessage,
  { authenticate, tenantId, isServiceUrl }: TeamsRouteOptions,
): Promise<Answered | null> {
  const refused = { status: 403 };
  if (authenticate === null)
    return isFromOurPage(request) && isLoopbackServiceUrl(head.serviceUrl) && isServiceUrl(head.serviceUrl)
      ? null
      : refused;
  const who = await authenticate(request.headers.authorization, head);
  if (who !== "valid") return { status: who === "unavailable" ? 503 : 401 };
  if (!isServiceUrl(head.serviceUrl)) return refused;
  return head.tenant?.toLowerCase() === tenantId ? null : refused;
}

/** Nobody waits without end: a message that takes long is still being answered, and is not to be sent again. */
async function inTime(
  work: Promise<Answered>,
  isInvoke: boolean,
  { log, patienceMs = 14_000 }: TeamsRouteOptions,
): Promise<Answered> {
  const watched = work.catch((error: unknown) => {
    log({ level: "error", event: "teams.failed", ...named(error) });
    // In time, the server reports it with its frames. Too late, nobody hears of it but the log.
    throw error;
  });
  const answered = await within(watched, patienceMs);
  if (answered !== "late") return answered;
  log({ level: "warn", event: "teams.late" });
  return { status: isInvoke ? 504 : 200 };
}

/** No answer says why. */
function answer(response: ServerResponse, { status, body }: Answered): void {
  if (body !== undefined) sendJson(response, status, body);
  else response.writeHead(status, { "content-length": 0 }).end();
}
