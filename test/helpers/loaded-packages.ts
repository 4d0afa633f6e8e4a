/** Loaded before a program by `--import`: at its end it writes the packages that were loaded to the file LOADED_TO, as JSON. */
import { writeFileSync } from "node:fs";
import { registerHooks } from "node:module";

const loaded = new Set<string>();

registerHooks({
  load(url, context, next) {
    const [name] = /(?<=.*\/node_modules\/)(?:@[^/]+\/)?[^/]+/.exec(url) ?? [];
    if (name !== undefined) loaded.add(name);
    return next(url, context);
  },
});
process.on("exit", () => writeFileSync(process.env.LOADED_TO ?? "", JSON.stringify([...loaded].sort())));
