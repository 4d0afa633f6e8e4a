/** Whether a request is Microsoft's, and meant for us. Every rule has to hold; nothing says which did not. */
import { decodeProtectedHeader, type JWTPayload, jwtVerify } from "jose";
import type { Log } from "#src/log.ts";
import type { Cloud } from "./cloud.ts";
import { createKeys } from "./keys.ts";

/** `unavailable`: Microsoft's keys cannot be had at this moment. Never rejects. */
export type Authenticate = (
  /** The header, as it came. */
  authorization: string | undefined,
  activity: { readonly serviceUrl: string; readonly channelId: string },
) => Promise<"valid" | "refused" | "unavailable">;

export type AuthenticatorOptions = {
  readonly appId: string;
  readonly cloud: Pick<Cloud, "openIdUrl" | "issuer">;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  readonly log: Log;
};

const channel = "msteams";
// Microsoft's are some 1,000.
const mostCharacters = 8 * 1_024;
// How far Microsoft's clock and ours may be apart, as Microsoft says.
const toleranceSeconds = 5 * 60;

/** Opens it. Nothing is fetched before the first request that has a token. */
export function createAuthenticator({ appId, cloud, nowMs, log }: AuthenticatorOptions): Authenticate {
  const findKey = createKeys({ openIdUrl: cloud.openIdUrl, nowMs, log });
  return async (authorization, { serviceUrl, channelId }) => {
    const token = tokenIn(authorization);
    const kid = token === null ? null : kidOf(token);
    if (token === null || kid === null || channelId !== channel) return "refused";
    const found = await findKey(kid);
    if (found === "unavailable") return "unavailable";
    if (found === "unknown") return "refused";
    if (found.endorsements.length > 0 && !found.endorsements.includes(channel)) return "refused";
    try {
      const { payload } = await jwtVerify(token, found.key, {
        algorithms: ["RS256"],
        issuer: cloud.issuer,
        audience: appId,
        clockTolerance: toleranceSeconds,
        currentDate: new Date(nowMs()),
        requiredClaims: ["exp"],
      });
      return isForUs(payload, appId, serviceUrl) ? "valid" : "refused";
    } catch {
      return "refused";
    }
  };
}

function tokenIn(authorization: string | undefined): string | null {
  if (authorization === undefined || authorization.length > mostCharacters) return null;
  return /^Bearer ([\w-]+\.[\w-]+\.[\w-]+)$/.exec(authorization)?.[1] ?? null;
}

/** The id of the key; null where it is signed in another way than Microsoft's. Keys that a token brings along are never looked at. */
function kidOf(token: string): string | null {
  try {
    const { alg, kid } = decodeProtectedHeader(token);
    return alg === "RS256" && typeof kid === "string" && kid !== "" ? kid : null;
  } catch {
    return null;
  }
}

/** One audience and no list. The service address is what our own token would be sent to, so it has to be signed. */
const isForUs = ({ aud, serviceurl }: JWTPayload, appId: string, serviceUrl: string): boolean =>
  aud === appId && serviceurl === serviceUrl;
