// Runs one test file by Node's own test runner. It fails where a test does: the unit is then failed, and no other.
import { spawnSync } from 'node:child_process';
import { leaveResult, unit } from './leave-result.mjs';

const path = unit();
// Set for the tests of a test: with it, Node's test runner would report to a parent that is not there.
const { NODE_TEST_CONTEXT: _, ...env } = process.env;
const { status, stdout } = spawnSync(process.execPath, ['--test', '--test-reporter=tap', path], {
  encoding: 'utf8',
  env,
});
const count = (word) => Number(new RegExp(`^# ${word} (\\d+)`, 'm').exec(stdout)?.[1] ?? 0);
const failures = [...stdout.matchAll(/^ *not ok \d+ - (.+)$/gm)]
  .map(([, name]) => name)
  // The file itself is told as a test, too.
  .filter((name) => !name.endsWith(path));
const facts = { tests: count('tests'), passed: count('pass'), failed: count('fail'), failures };
leaveResult(
  facts.failed === 0
    ? `all ${facts.tests} tests passed`
    : `${facts.failed} of ${facts.tests} tests failed: ${failures.join(', ')}`,
  { [path]: facts },
);
process.exitCode = status ?? 1;
