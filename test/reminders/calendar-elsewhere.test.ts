import { execFile } from "node:child_process";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { elsewhere } from "./calendar-elsewhere.ts";

const here = elsewhere();
const script = new URL("./calendar-elsewhere.ts", import.meta.url).pathname;

test.concurrent.each(["America/Los_Angeles", "Pacific/Apia", "Australia/Lord_Howe", "UTC"])(
  "a process that runs in %s tells the same times in the same words",
  async (zone) => {
    const env = { ...process.env, TZ: zone };
    const { stdout } = await promisify(execFile)(process.execPath, [script], { env });
    expect(stdout.split("\n")).toEqual(here);
  },
);
