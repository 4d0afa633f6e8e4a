/** What `npm start` may touch on this computer: Node's own permissions, from the settings. Loads nothing but these. */
import { existsSync, realpathSync } from "node:fs";
import { homedir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { knowledgeDirsFrom } from "#src/config.ts";
import { type Environment, setting } from "#src/environment.ts";
import { secretFiles, withSecretFiles } from "#src/secret-files.ts";

/**
 * The flags of Node for `serve` with these arguments. It may read Bearings itself, its folders of knowledge, the files that
 * settings name, and what it keeps; it may write what it keeps, and nothing else; it may start no program, worker or addon.
 * `root` is the folder of Bearings. A mistake in the settings or arguments is left for `serve` to tell.
 */
export function permissionFlags(root: string, args: readonly string[], given: Environment): readonly string[] {
  const env = withSecretFiles(given, []);
  const database = setting(env, "DATABASE_URL");
  const kept = database === undefined ? [topMissing(resolve(setting(env, "DATA_DIR") ?? "./data"))] : [];
  const named = [...secretFiles, "TEAMS_APP_CERTIFICATE"].flatMap((name) => setting(env, name) ?? []);
  const readable = [
    root,
    join(root, "node_modules"),
    ...[...knowledgeDirsFrom(env), ...knowledgeIn(args)],
    ...named,
    ...(database === undefined ? [] : filesOf(database, env)),
  ].flatMap(bothPaths);
  return [
    "--permission",
    ...[...new Set([...readable, ...kept])].flatMap((path) => grant("read", path)),
    ...kept.flatMap((path) => grant("write", path)),
  ];
}

/** Node follows a link when the link itself may be read; what is named by its real path is looked up by that. */
function bothPaths(path: string): readonly string[] {
  const whole = resolve(path);
  try {
    return [whole, realpathSync(whole)];
  } catch {
    return [whole];
  }
}

/** A folder that is there stands for all in it; one that is not has to be named with what will be in it. */
const grant = (what: "read" | "write", path: string): readonly string[] => [
  `--allow-fs-${what}=${path}`,
  ...(existsSync(path) ? [] : [`--allow-fs-${what}=${join(path, "*")}`]),
];

/** The folder, or the highest one above it that is not there either, which has to be made first. */
function topMissing(path: string): string {
  const above = dirname(path);
  return existsSync(path) || above === path || existsSync(above) ? path : topMissing(above);
}

function knowledgeIn(args: readonly string[]): readonly string[] {
  const { values } = parseArgs({
    args: [...args],
    options: { knowledge: { type: "string", multiple: true } },
    strict: false,
    allowPositionals: true,
  });
  return (values.knowledge ?? []).filter((dir) => typeof dir === "string");
}

/** What the driver of PostgreSQL reads: the files of certificates that the address names, and the passwords of this user. */
function filesOf(database: string, env: Environment): readonly string[] {
  const params = URL.canParse(database) ? new URL(database).searchParams : new URLSearchParams();
  const certificates = ["sslrootcert", "sslcert", "sslkey"].flatMap((name) => params.get(name) ?? []);
  return [...certificates, setting(env, "PGPASSFILE") ?? join(homedir(), ".pgpass")];
}
