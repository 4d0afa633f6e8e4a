/** What a platform costs that is on, and one that is not: from `npm start` until it takes messages, and the memory it then has. */
import { type ChildProcess, execFileSync } from "node:child_process";
import { once } from "node:events";
import { setTimeout as sleep } from "node:timers/promises";
import { collect, start, until } from "../helpers/command.ts";
import { median } from "./measure.ts";
import { ms, showTable, times } from "./show.ts";
import type { Settings } from "./teams-apps.ts";

type Way = { readonly name: string; readonly env: Settings; readonly on: readonly RegExp[] };

const runs = 7;
// Memory goes on growing and shrinking for a while after a start; by then most has settled.
const settledMs = 1_000;

/** Starts it with neither platform, each, and both, in turn. Each platform is turned on by its settings. */
export async function starting({
  slack,
  teams,
}: {
  readonly slack: Settings;
  readonly teams: Settings;
}): Promise<void> {
  const slackOn = /^Slack: on/m;
  const teamsOn = /^Teams: on/m;
  const ways: readonly Way[] = [
    { name: "neither", env: {}, on: [] },
    { name: "Slack", env: slack, on: [slackOn] },
    { name: "Teams", env: teams, on: [teamsOn] },
    { name: "both", env: { ...slack, ...teams }, on: [slackOn, teamsOn] },
  ];
  const figures = ways.map((way) => ({ way, tookMs: [] as number[], onMs: [] as number[], rssMb: [] as number[] }));
  // The first of each brings the files into the system's cache and does not count.
  for (let round = 0; round <= runs; round++)
    for (const { way, tookMs, onMs, rssMb } of figures) {
      const one = await startOnce(way);
      if (round === 0) continue;
      tookMs.push(one.tookMs);
      onMs.push(one.onMs);
      rssMb.push(one.rssMb);
    }
  const [neither] = figures;
  const against = (all: readonly number[], none: readonly number[] | undefined) => median(all) / median(none ?? []);
  showTable(
    `\`npm start\` by what is on; median of ${runs}`,
    ["", "listens, ms", "against neither", "all on, ms", "RSS, MB", "against neither"],
    figures.map(({ way, tookMs, onMs, rssMb }) => [
      way.name,
      ms(median(tookMs)),
      times(against(tookMs, neither?.tookMs)),
      ms(median(onMs)),
      median(rssMb).toFixed(0),
      times(against(rssMb, neither?.rssMb)),
    ]),
  );
}

async function startOnce({ env, on }: Way) {
  const from = performance.now();
  const child = start([], { env: { PORT: "0", ...env } });
  const said = collect(child.stdout);
  const appeared = (wanted: RegExp): Promise<number> => until(said, wanted).then(() => performance.now() - from);
  const tookMs = await appeared(/Ctrl-C/);
  let onMs = tookMs;
  for (const wanted of on) onMs = await appeared(wanted);
  await sleep(settledMs);
  const rssMb = rssOf(child);
  child.kill("SIGTERM");
  if (child.exitCode === null) await once(child, "exit");
  return { tookMs, onMs, rssMb };
}

/** Resident memory of a process, megabytes. */
const rssOf = ({ pid }: ChildProcess): number =>
  Number(execFileSync("ps", ["-o", "rss=", "-p", String(pid)], { encoding: "utf8" })) / 1_024;
