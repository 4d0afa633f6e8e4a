/** `npm run bench`: all measurements, or those named, each in a process of its own. */
import { spawnSync } from "node:child_process";
import { availableParallelism, loadavg } from "node:os";
import { fileURLToPath } from "node:url";

const all = ["turn", "scale", "engines", "start", "slack", "teams", "reminders"];

const named = process.argv.slice(2);
const unknown = named.filter((name) => !all.includes(name));

if (unknown.length > 0) {
  console.error(`There is no such measurement. Use: npm run bench [-- ${all.join(" | ")}]`);
  process.exitCode = 2;
} else {
  const busy = (loadavg()[0] ?? 0).toFixed(1);
  console.log(
    `Node ${process.version}, ${process.platform} ${process.arch}, ${availableParallelism()} cores, load ${busy}.`,
  );
  console.log("Ratios are measured side by side in one run and mean something; milliseconds depend on the machine.");
  for (const name of named.length > 0 ? named : all) {
    const { status } = spawnSync(process.execPath, [fileURLToPath(new URL(`${name}.ts`, import.meta.url))], {
      stdio: "inherit",
    });
    if (status !== 0) process.exitCode = 1;
  }
}
