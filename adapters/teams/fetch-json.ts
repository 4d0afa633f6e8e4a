/** A page of Microsoft's that is JSON: within a limit of time and size, and from nowhere else than was asked. */

// The keys are some 20 KB.
const mostBytes = 256 * 1_024;

/** Fetches it. Rejects where there is no such answer, with a code and without a word of what came. */
export async function fetchJson(url: string, signal: AbortSignal): Promise<unknown> {
  const response = await fetch(url, { redirect: "manual", headers: { accept: "application/json" }, signal });
  if (response.status !== 200) {
    await response.body?.cancel();
    throw failure(`http_${response.status}`);
  }
  const text = await textOf(response);
  try {
    return JSON.parse(text);
  } catch {
    // A parser's message quotes what it could not read.
    throw failure("not_json");
  }
}

async function textOf({ body }: Response): Promise<string> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of body ?? []) {
    bytes += chunk.length;
    // Leaving the loop hangs up.
    if (bytes > mostBytes) throw failure("too_large");
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString("utf8");
}

/** An error that is no more than a code. */
export const failure = (code: string): Error => Object.assign(new Error(code), { code });
