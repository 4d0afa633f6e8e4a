/** Who we are, and a message as it is drawn, for tests of the calls to Teams. */
import type { Message } from "#adapters/teams/connector.ts";
import { us } from "./activities.ts";

export const identity = {
  appId: us.appId,
  tenantId: us.tenant,
  credential: { kind: "secret", secret: "x" },
} as const;

export const message: Message = {
  text: "**Answer** [1]",
  textFormat: "markdown",
  summary: "Answer",
  entities: [],
  attachments: [],
  asksVote: false,
};
