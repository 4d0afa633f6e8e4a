/** Whether anything may have been kept before, so that it is worth opening. Loads nothing of storage. */
import { existsSync } from "node:fs";
import { join } from "node:path";
import type { StorageConfig } from "#src/platform-config.ts";

/** Whether the file is there; on a database server there may always be something. */
export const isKept = (storage: StorageConfig): boolean =>
  storage.kind === "postgres" || existsSync(join(storage.dir, "bearings.sqlite"));
