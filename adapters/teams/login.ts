/** Our own token, with which we send: from Microsoft's sign-in by MSAL, over a network of ours that does not wait without end. */
import { createPrivateKey, X509Certificate } from "node:crypto";
import { AuthError, ConfidentialClientApplication, type INetworkModule, LogLevel, ServerError } from "@azure/msal-node";
import { isLoopback } from "#src/loopback.ts";
import type { TeamsCredential, TeamsIdentity } from "#src/teams-config.ts";
import type { Cloud } from "./cloud.ts";

/** `code`: `AADSTS` with Microsoft's number where it refused us, or a word of ours such as `login_unreachable`. */
export type Token =
  | { readonly kind: "ok"; readonly token: string }
  | { readonly kind: "failed"; readonly code: string };

export type Login = {
  /** One that is good for some minutes at least. Asks Microsoft only where there is none. Never rejects. */
  readonly token: () => Promise<Token>;
  /** Microsoft does not believe this one any more. */
  readonly drop: (token: string) => void;
};

export type LoginOptions = {
  readonly identity: TeamsIdentity;
  readonly cloud: Pick<Cloud, "loginUrl" | "audience">;
  /** Milliseconds since 1970-01-01 UTC. */
  readonly nowMs: () => number;
  /** Longest wait for Microsoft, milliseconds. Default 10,000. */
  readonly patienceMs?: number;
};

// A call that begins now still has to arrive with it.
const earlyMs = 5 * 60_000;

/** Opens it; nothing is asked before the first token is wanted. Throws where the certificate cannot be read. */
export function createLogin({ identity, cloud, nowMs, patienceMs = 10_000 }: LoginOptions): Login {
  const ask = askWith(identity, cloud, patienceMs);
  let kept: Given | null = null;
  let flight: Promise<Token> | null = null;

  async function renew(): Promise<Token> {
    const given = await ask();
    if ("code" in given)
      // The old one does until its very end.
      return kept !== null && nowMs() < kept.endsAtMs
        ? { kind: "ok", token: kept.token }
        : { kind: "failed", code: given.code };
    kept = given;
    return { kind: "ok", token: given.token };
  }

  return {
    async token() {
      if (kept !== null && nowMs() < kept.endsAtMs - earlyMs) return { kind: "ok", token: kept.token };
      flight ??= renew().finally(() => {
        flight = null;
      });
      return flight;
    },
    drop(token) {
      if (kept?.token === token) kept = null;
    },
  };
}

type Given = { readonly token: string; readonly endsAtMs: number };

// MSAL believes in https alone and asks around about hosts that it does not know, so it is told of this one,
// and the network takes each call to where the cloud really is.
const msalsOrigin = "https://login.microsoftonline.com";

/** Asks once. What is given back beside a token is a code. */
function askWith(
  { appId, tenantId, credential }: TeamsIdentity,
  { loginUrl, audience }: LoginOptions["cloud"],
  patienceMs: number,
): () => Promise<Given | { readonly code: string }> {
  const app = new ConfidentialClientApplication({
    auth: { clientId: appId, authority: `${msalsOrigin}/${tenantId}`, ...proofOf(credential) },
    system: {
      networkClient: networkTo(loginUrl, patienceMs),
      disableInternalRetries: true,
      loggerOptions: { loggerCallback: () => {}, logLevel: LogLevel.Error, piiLoggingEnabled: false },
    },
  });
  return async () => {
    try {
      const given = await app.acquireTokenByClientCredential({ scopes: [`${audience}/.default`], skipCache: true });
      // It stands in a header.
      if (given === null || given.expiresOn === null || !/^[\x21-\x7e]+$/.test(given.accessToken))
        return { code: "login_misread" };
      return { token: given.accessToken, endsAtMs: given.expiresOn.getTime() };
    } catch (error) {
      return { code: codeOf(error) };
    }
  };
}

function proofOf(credential: TeamsCredential) {
  if (credential.kind === "secret") return { clientSecret: credential.secret };
  const { pem } = credential;
  const thumbprintSha256 = new X509Certificate(pem).fingerprint256.replaceAll(":", "");
  const privateKey = createPrivateKey(pem).export({ type: "pkcs8", format: "pem" }).toString();
  return { clientCertificate: { thumbprintSha256, privateKey } };
}

/** Microsoft's number or short name of what was wrong: its sentences name tenants, apps and times, and are left. */
function codeOf(error: unknown): string {
  if (error instanceof ServerError) {
    const number = error.errorNo ?? /\bAADSTS(\d+)/.exec(error.errorMessage)?.[1] ?? "";
    if (/^\d{3,9}$/.test(number)) return `AADSTS${number}`;
  }
  if (!(error instanceof AuthError) || error.errorCode === "network_error") return "login_unreachable";
  return /^[a-z_]{1,60}$/.test(error.errorCode) ? `login_${error.errorCode}` : "login_refused";
}

/** What MSAL sends and hears goes through here: one try, no redirects, no answer but JSON. */
function networkTo(loginUrl: string, patienceMs: number): INetworkModule {
  const send = async (url: string, init: RequestInit) => {
    const response = await fetch(reach(url, loginUrl), {
      ...init,
      redirect: "error",
      signal: AbortSignal.timeout(patienceMs),
    });
    const text = await response.text();
    // Not an answer about us. MSAL would remember it, and refuse to ask again for a while.
    if (response.status === 429 || response.status >= 500) throw new Error("sign-in is away");
    return { headers: {}, status: response.status, body: JSON.parse(text) };
  };
  return {
    sendGetRequestAsync: (url, options) => send(url, { headers: options?.headers ?? {} }),
    sendPostRequestAsync: (url, options) =>
      send(url, { method: "POST", headers: options?.headers ?? {}, body: options?.body ?? "" }),
  };
}

/** Where MSAL's address really is. Our secret goes there: https, or this computer. */
function reach(url: string, loginUrl: string): string {
  if (!url.startsWith(`${msalsOrigin}/`)) throw new Error("not the sign-in");
  const { protocol, hostname } = new URL(loginUrl);
  if (protocol !== "https:" && !isLoopback(hostname)) throw new Error("not https");
  return `${loginUrl}${url.slice(msalsOrigin.length)}`;
}
