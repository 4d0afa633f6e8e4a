/** Lines in, text out, in step: nothing is held that the reader has not asked for. */
import { once } from "node:events";

/**
 * Splits bytes into lines, a group for each chunk that arrives. Lines end in LF or CRLF; the last may have no ending.
 * Bytes that are not UTF-8 become U+FFFD. Node's readline is not used: it also splits on U+2028 and lone CR.
 */
export async function* linesIn(input: AsyncIterable<Uint8Array>): AsyncGenerator<readonly string[]> {
  const decoder = new TextDecoder();
  let parts: string[] = [];
  for await (const chunk of input) {
    const [first = "", ...rest] = decoder.decode(chunk, { stream: true }).split("\n");
    parts.push(first);
    if (rest.length === 0) continue;
    const whole = [parts.join(""), ...rest];
    parts = [whole.pop() ?? ""];
    yield whole.map(withoutCr);
  }
  const last = parts.join("") + decoder.decode();
  if (last !== "") yield [withoutCr(last)];
}

const withoutCr = (line: string): string => (line.endsWith("\r") ? line.slice(0, -1) : line);

/** Writes, and waits while the reader is behind. */
export async function write(output: NodeJS.WritableStream, text: string): Promise<void> {
  if (!output.write(text)) await once(output, "drain");
}
