/** Addresses that a connector may have. Our token is sent there, so an address is believed by its exact host alone. */
import { isLoopback } from "#src/loopback.ts";

// Where Teams' connectors are, and the one of the United States' government cloud.
const hosts: ReadonlySet<string> = new Set(["smba.trafficmanager.net", "smba.infra.gcc.teams.microsoft.com"]);
const suffix = /^(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+botframework\.com$/;

/** True for https at a host of Teams' connectors, on its own port, without a name, a question or a fragment. */
export function isServiceUrl(url: string): boolean {
  const read = plainUrl(url);
  return read?.protocol === "https:" && (hosts.has(read.host) || suffix.test(read.host));
}

/** For the Playground: the same at this computer, on any port, with or without TLS. */
export function isLoopbackServiceUrl(url: string): boolean {
  const read = plainUrl(url);
  return read !== null && /^https?:$/.test(read.protocol) && isLoopback(read.hostname);
}

const mostCharacters = 500;

/** Read, where it is written in the one way that every reader takes alike; else null. */
function plainUrl(url: string): URL | null {
  // No `%`, `@`, `\`, `?`, `#` or anything outside ASCII: none of Microsoft's has them, and readers differ over them.
  if (url.length > mostCharacters || !/^https?:\/\/[a-z0-9.:[\]-]+(?:\/[\w.-]+)*\/?$/.test(url)) return null;
  if (!URL.canParse(url)) return null;
  const read = new URL(url);
  // What is read must be what was written: a dropped port, a folded path or an odd number is somebody's trick.
  return read.href === url || read.href === `${url}/` ? read : null;
}
