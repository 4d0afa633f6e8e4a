/** Brings the test peers once: runs before vitest, and says one line. Does nothing when they are there and fresh. */
import { spawnSync } from "node:child_process";
import { statSync } from "node:fs";
import { fileURLToPath } from "node:url";

const here = fileURLToPath(new URL(".", import.meta.url));

/** When a file was last written, milliseconds since 1970; null where there is none. */
const writtenMs = (name: string): number | null =>
  statSync(`${here}${name}`, { throwIfNoEntry: false })?.mtimeMs ?? null;

// npm writes this list at the end of an install, so that one that was cut off does not count.
const installedMs = writtenMs("node_modules/.package-lock.json");

if (installedMs !== null && installedMs >= (writtenMs("package-lock.json") ?? 0)) {
  console.log("Test peers: here.");
} else {
  const { ok, said } = install();
  console.log(ok ? "Test peers: installed." : `Test peers: ${said}`);
  if (!ok) process.exitCode = 1;
}

function install(): { readonly ok: boolean; readonly said: string } {
  // Under npm its own path is known; `npm` alone is a script of another kind on Windows.
  const npm = process.env.npm_execpath;
  const [command, first] = npm === undefined ? ["npm", []] : [process.execPath, [npm]];
  const ci = [...first, "ci", "--no-audit", "--no-fund", "--loglevel=error"];
  const { status } = spawnSync(command, ci, {
    cwd: here,
    env: withoutParent(),
    stdio: ["ignore", "ignore", "inherit"],
  });
  const said = "npm ci failed in test/peers. It needs the network, once: connect, then run npm test again.";
  return { ok: status === 0, said };
}

/** npm tells its scripts which package they belong to, and npm inside a script would then install that one again. */
function withoutParent(): NodeJS.ProcessEnv {
  const theirs = /^npm_(config_(local|global)_prefix|package_)/;
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !theirs.test(name)));
}
