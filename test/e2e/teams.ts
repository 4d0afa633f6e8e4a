/** `npm run e2e:teams`: the whole bot in Microsoft's Agents Playground, driven in Chromium. Pictures go into a folder that it prints. */
import { once } from "node:events";
import { mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { collect, start, until } from "../helpers/command.ts";
import { installPlayground, licence, openPlayground } from "./playground.ts";
import { openTeamsPage, type TeamsPage } from "./teams-page.ts";
import { type Step, steps } from "./teams-steps.ts";

const folder = mkdtempSync(join(tmpdir(), "bearings-e2e-"));
const shots = join(folder, "shots");
mkdirSync(shots);

console.log(licence);
console.log(`Pictures and what was sent either way: ${folder}`);
installPlayground();

const bot = start([], {
  env: { PORT: "0", TEAMS_PLAYGROUND: "1", DATA_DIR: join(folder, "data"), TIME_ZONE: "Europe/London" },
  lifeMs: 900_000,
});
const [said, logged] = [collect(bot.stdout), collect(bot.stderr)];
let failed = 0;
try {
  const [, botUrl = ""] = await until(said, /(http:\S+)/);
  const playground = await openPlayground(`${botUrl}api/messages`, folder);
  const teams = await openTeamsPage(playground.url, shots);
  for (const step of steps) if (!(await isDone(step, teams, playground.post))) failed += 1;
  await teams.close();
  await playground.close();
} finally {
  bot.kill("SIGTERM");
  await once(bot, "exit");
}

const recorded = readFileSync(join(folder, "recording.json"), "utf8");
console.log(`What the bot said of itself:\n${said()}\n${logged()}`);
if (!/"position": ?1/.test(recorded)) {
  failed += 1;
  console.log("NOT DONE: no citation came over the wire");
}
console.log(failed === 0 ? "All of it was done." : `${failed} of it could not be done.`);
process.exitCode = failed === 0 ? 0 : 1;

async function isDone([name, step]: Step, teams: TeamsPage, post: Parameters<Step[1]>[1]): Promise<boolean> {
  const begunMs = performance.now();
  try {
    await step(teams, post);
    console.log(`done (${Math.round(performance.now() - begunMs)} ms): ${name}`);
    return true;
  } catch (error) {
    console.log(`NOT DONE: ${name}: ${error instanceof Error ? error.message.split("\n")[0] : "unknown"}`);
    await teams.shot(`failed-${name.replaceAll(/\W+/g, "-")}`);
    return false;
  }
}
