/**
 * `chat` in a process of its own, with the scripted assistant and fake reminders. FAKE says what is different: `due` brings a
 * reminder, `busy` means that it cannot be opened, `none` that nothing was kept before. What is done is told on standard error.
 */
import { converse } from "#adapters/terminal/chat.ts";
import { BearingsError } from "#src/errors.ts";
import { dueReply, openFakeReminders, wishing } from "./fake-reminders.ts";

const how = (process.env.FAKE ?? "").split(",");
const is = (what: string) => how.includes(what);
const tell = (line: string) => process.stderr.write(`${line}\n`);
const fake = openFakeReminders();
if (is("due")) setTimeout(() => fake.bring("o1", dueReply), 500);

process.exitCode = await converse(
  wishing,
  {
    isThere: () => !is("none"),
    async open() {
      tell("opened");
      if (is("busy"))
        throw new BearingsError(
          "storage",
          "Another process is using the file.",
          "Stop that one, or use another folder.",
        );
      const pull = await fake.pull();
      return {
        async settle(turn, response, places) {
          tell(`settled ${turn.person.id} ${turn.said.kind} ${JSON.stringify(places)}`);
          return fake.settle(turn, response, places);
        },
        pull: {
          due: pull.due,
          async arrived(place, id, fence) {
            tell(`arrived ${id}`);
            await pull.arrived(place, id, fence);
          },
        },
        close: async () => void tell("closed"),
      };
    },
  },
  50,
);
