// Reads vitest's JSON report and prints "N passed, N failed". Plain JavaScript: it must also run when `npm ci` has failed.
import { readFileSync } from "node:fs";

const [, , file, status] = process.argv;
const report = read(file);
const suites = report?.testResults ?? [];
// A file that does not load has no tests to fail, so it counts as one.
const unloaded = suites.filter((suite) => suite.status === "failed" && suite.assertionResults.every((test) => test.status !== "failed"));
const passed = report?.numPassedTests ?? 0;
const failed = (report?.numFailedTests ?? 0) + unloaded.length;
const total = failed === 0 && status !== "0" ? 1 : failed;
for (const suite of suites)
  for (const test of suite.assertionResults.filter((one) => one.status === "failed")) console.log(`failed: ${test.fullName}`);
for (const suite of unloaded) console.log(`failed to load: ${suite.name}`);
if ((report?.numPendingTests ?? 0) > 0) console.log(`${report.numPendingTests} skipped`);
console.log(`${passed} passed, ${total} failed`);
process.exitCode = total > 0 ? 1 : 0;

function read(path) {
  try {
    return JSON.parse(readFileSync(path, "utf8"));
  } catch {
    return null;
  }
}
