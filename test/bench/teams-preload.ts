/** Loaded before `npm start` by `--import`, so that all of it runs as it is and believes the benchmark's connector, not Microsoft's. */
import { registerHooks } from "node:module";

const ours = new URL("../../adapters/teams/cloud.ts", import.meta.url).href;
const here = new URL("teams-cloud.ts", import.meta.url).href;

registerHooks({
  resolve(specifier, context, next) {
    const found = next(specifier, context);
    return found.url === ours && context.parentURL !== here ? { ...found, url: here } : found;
  },
});
