import { NO_TESTS_FAILURE, type TestParser } from '../reports/test-report.ts';

/** How npm, pnpm, yarn and Bun say that there is no such script, and what npm's own placeholder prints. */
const NO_SCRIPT = [
  /^npm (?:error|ERR!) Missing script: "?/im,
  /ERR_PNPM_NO_SCRIPT\b/,
  /^(?:error|Usage Error:) (?:Command "test" not found|Couldn't find a script named "test")/m,
  /^error: Script not found "/m,
  /^Error: no test specified$/m,
];

/** No test runner was even started, as the package has no test script. */
export const parseNoScript: TestParser = (output) =>
  NO_SCRIPT.some((pattern) => pattern.test(output)) ? NO_TESTS_FAILURE : null;
