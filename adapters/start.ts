/**
 * `npm start`: this same process once more, as `serve`, with Node's permissions on. Nothing stands between the two, so signals,
 * exit codes and what is printed are those of `serve`.
 */
import { fileURLToPath } from "node:url";
import { permissionFlags } from "./confine.ts";

const root = fileURLToPath(new URL("..", import.meta.url));
const main = fileURLToPath(new URL("main.ts", import.meta.url));
const args = process.argv.slice(2);

// Windows has no way to put another program in the place of this one. There it serves without.
if (process.platform === "win32" || process.execve === undefined) await import("./main.ts");
else {
  const flags = [...process.execArgv, ...permissionFlags(root, args, process.env)];
  process.execve(process.execPath, [process.execPath, ...flags, main, "serve", ...args], process.env);
}
