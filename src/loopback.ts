/** Which addresses are this machine's own. */
import { isIP } from "node:net";

/** True where only this machine can reach an address or a name. */
export function isLoopback(host: string): boolean {
  const name = host.replace(/^\[|\]$/g, "").toLowerCase();
  return name === "localhost" || name === "::1" || (isIP(name) === 4 && name.startsWith("127."));
}
