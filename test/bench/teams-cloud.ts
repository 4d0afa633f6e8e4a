/** The connector of the benchmark in place of Microsoft's, for a bot in a process of its own. teams-preload.ts puts it there. */
import type { Cloud } from "#adapters/teams/cloud.ts";

/** What the bot is told of it, as JSON in BENCH_CLOUD. */
export type CloudHere = Omit<Cloud, "isServiceUrl"> & { readonly serviceUrl: string };

export const cloudHere: CloudHere = JSON.parse(process.env.BENCH_CLOUD ?? "{}");

// Under the name that the door looks for.
export const publicCloud: Cloud = { ...cloudHere, isServiceUrl: (url) => url === cloudHere.serviceUrl };
