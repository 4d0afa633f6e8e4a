/** The address that Slack gives with a command, a press or a shortcut: good for half an hour, and for one person's eyes. */
import { isLoopback } from "#src/loopback.ts";
import { callTimeoutMs } from "./api.ts";
import type { Drawn } from "./post.ts";

/** What to say there. */
export type Said = { readonly drawn: Drawn; readonly thread: string | null };

const slackHooks: ReadonlySet<string> = new Set(["hooks.slack.com", "hooks.slack-gov.com"]);

/**
 * Tells addresses of Slack's from any other, so that nothing is ever sent elsewhere. Another Slack on this machine, set by
 * `apiUrl`, may give addresses of this machine.
 */
export function responseUrls(apiUrl: string): (url: string) => boolean {
  const isLocal = isLoopback(new URL(apiUrl).hostname);
  return (written) => {
    if (!URL.canParse(written)) return false;
    const { protocol, hostname, port, username, password } = new URL(written);
    if (username !== "" || password !== "") return false;
    if (isLocal && isLoopback(hostname)) return protocol === "http:" || protocol === "https:";
    return protocol === "https:" && port === "" && slackHooks.has(hostname);
  };
}

/** Says it there, to the person alone. False where it could not be said. */
export async function respondAt(
  url: string,
  { drawn, thread }: Said,
  { isResponseUrl }: { readonly isResponseUrl: (url: string) => boolean },
): Promise<boolean> {
  if (!isResponseUrl(url)) return false;
  const message = {
    response_type: "ephemeral",
    replace_original: false,
    ...(thread === null ? {} : { thread_ts: thread }),
    ...drawn,
  };
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "content-type": "application/json; charset=utf-8" },
      body: JSON.stringify(message),
      redirect: "error",
      signal: AbortSignal.timeout(callTimeoutMs),
    });
    // A refusal may come with a status of 200, as everywhere at Slack.
    return response.ok && !/"ok":\s*false/.test(await response.text());
  } catch {
    // Its message may hold the address, which is a secret for half an hour.
    return false;
  }
}
