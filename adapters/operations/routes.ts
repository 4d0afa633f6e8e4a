/** What monitoring asks for: whether the process lives, whether each part can do its work, and figures over time. */
import type { ServerResponse } from "node:http";
import type { Route } from "#src/http.ts";
import type { Knowledge } from "#src/knowledge/entry.ts";
import { exposition, expositionType, type Family } from "#src/prometheus.ts";
import { type Check, createReadiness, type Readiness } from "#src/readiness.ts";
import { sendJson } from "#src/refuse.ts";

export type OperationOptions = {
  /** One for each part, by its name. */
  readonly checks: Readonly<Record<string, Check>>;
  /** Texts for Prometheus, one for each part that has figures. None rejects. */
  readonly metrics: readonly (() => Promise<string>)[];
};

/**
 * `GET /livez`: 200 while the process answers at all; it looks at nothing else. `GET /readyz`: 200 when all parts are ready,
 * 503 otherwise, and how each stands. `GET /metrics`: figures for Prometheus.
 */
export function operationRoutes({ checks, metrics }: OperationOptions): readonly Route[] {
  const readiness = createReadiness(checks);
  return [
    { method: "GET", path: "/livez", handle: async (_, response) => sendJson(response, 200, { ok: true }) },
    {
      method: "GET",
      path: "/readyz",
      async handle(_, response) {
        const ready = await readiness();
        sendJson(response, ready.ok ? 200 : 503, ready);
      },
    },
    {
      method: "GET",
      path: "/metrics",
      async handle(_, response) {
        const [ready, ...texts] = await Promise.all([readiness(), ...metrics.map((text) => text())]);
        sendText(response, [exposition([partsFamily(ready)]), ...texts].join(""));
      },
    },
  ];
}

const partsFamily = ({ parts }: Readiness): Family => ({
  name: "bearings_ready",
  kind: "gauge",
  help: "Whether a part can do its work: 1, or 0.",
  samples: Object.entries(parts).map(([part, { ok }]) => ({ labels: { part }, value: ok ? 1 : 0 })),
});

function sendText(response: ServerResponse, text: string): void {
  const body = Buffer.from(text);
  response.writeHead(200, { "content-type": expositionType, "content-length": body.length }).end(body);
}

/** The knowledge is there as long as the process is: a change with errors is never taken up. `isBehind`: there is one. */
export const knowledgeCheck =
  (knowledge: () => Knowledge, isBehind: () => boolean = () => false): Check =>
  async () => ({ ok: true, version: knowledge().version, ...(isBehind() && { isBehind: true }) });

/** Which knowledge is in use, and whether the files are no good by now, for Prometheus. */
export const knowledgeFamilies = (version: string, isBehind: boolean): readonly Family[] => [
  {
    name: "bearings_knowledge_info",
    kind: "gauge",
    help: "Which version of the knowledge is in use.",
    samples: [{ labels: { version }, value: 1 }],
  },
  {
    name: "bearings_knowledge_refused",
    kind: "gauge",
    help: "Whether a change of the knowledge has errors, so that the last good set is in use: 1, or 0.",
    samples: [{ value: isBehind ? 1 : 0 }],
  },
];

/** Whether the database answers and its tables are as this version needs them. Null while none is open. */
export const storageCheck =
  (database: () => { readonly kind: string; readonly ready: () => Promise<boolean> } | null): Check =>
  async () => {
    const open = database();
    if (open === null) return null;
    const ok = await open.ready();
    return { ok, ...(ok ? {} : { why: "unreachable" }), kind: open.kind };
  };

/** How a chat platform stands: `on` when what people send there reaches us. */
export type PlatformState = "connecting" | "on" | "lost" | "refused" | "unreachable";

/** Whether a chat platform is on. */
export const platformCheck =
  (stateOf: () => PlatformState): Check =>
  async () => {
    const state = stateOf();
    return { ok: state === "on", ...(state === "on" ? {} : { why: state }), state };
  };
