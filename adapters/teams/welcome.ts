/** The app came: who we are is said once, and not to a crowd. */
import type { Reply } from "#src/reply.ts";
import type { Installed } from "./activity.ts";
import { deliver } from "./deliver.ts";
import { directOf, personOf } from "./read.ts";
import { said } from "./said.ts";
import type { Tools } from "./tools.ts";

// A team of more people than this reads it when somebody asks.
const crowd = 100;

/** Greets, once in each conversation. Never rejects but where something is broken. */
export async function welcome(installed: Installed, tools: Tools): Promise<void> {
  const { from, where } = installed;
  const id = ["teams", from.tenant, "welcome", where.conversation].join(":");
  await tools.once.run(id, async () => {
    if (where.kind !== "personal" && !(await isSmall(installed, tools))) return true;
    return (await deliver(greeting(installed, id, tools), installed, tools)).kind !== "retry";
  });
}

/** Where nobody can say how many there are, there may be many. */
async function isSmall({ where }: Installed, { connector }: Tools): Promise<boolean> {
  const { serviceUrl, conversation } = where;
  return (await connector.isLargerThan({ serviceUrl, conversation, thread: null }, crowd)) === false;
}

function greeting({ from }: Installed, id: string, { respond, nowMs }: Tools): Reply {
  const { reply } = respond({
    id,
    atMs: nowMs(),
    person: personOf(from),
    place: directOf(from),
    said: { kind: "pressed", token: "start" },
  });
  return { ...reply, asides: [...reply.asides, said.kept] };
}
