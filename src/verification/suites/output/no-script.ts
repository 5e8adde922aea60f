import { NO_TESTS_FAILURE, type TestParser } from '../reports/test-report.ts';

/** Messages of npm, pnpm, yarn and Bun about a missing script, and the output of npm's own placeholder. */
const NO_SCRIPT = [
  /^npm (?:error|ERR!) Missing script: "?/im,
  /ERR_PNPM_NO_SCRIPT\b/,
  /^(?:error|Usage Error:) (?:Command "test" not found|Couldn't find a script named "test")/m,
  /^error: Script not found "/m,
  /^Error: no test specified$/m,
];

/** The package has no test script, so no test runner started. */
export const parseNoScript: TestParser = (output) =>
  NO_SCRIPT.some((pattern) => pattern.test(output)) ? NO_TESTS_FAILURE : null;
