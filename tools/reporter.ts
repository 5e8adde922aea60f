// mocha's "spec" reporter, which also reports the totals to `npm test`, and the tests that passed only in a second try:
// they count as passed, and their first failure is reported.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { reportedTest } from '../test/support/reported-test.ts';
import { type Totals, totalsVariable } from './totals.ts';

/** How fast-check begins a failure. A counterexample stays valid, even if the second try does not find it. */
const COUNTEREXAMPLE = 'Property failed after';

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const retried = new Map<string, string>();
    const failed: string[] = [];
    const found = new Set<string>();
    runner.on('retry', (test: Mocha.Test, error: unknown) => {
      const [title, why] = [test.fullTitle(), stackOf(error) ?? String(error)];
      const isFound = why.includes(COUNTEREXAMPLE);
      if (isFound) {
        found.add(title);
      }
      if (isFound || !found.has(title)) {
        retried.set(title, reportedTest(isFound ? 'failed' : 'tried again', title, why));
      }
    });
    runner.on('fail', (test: Mocha.Test, error: unknown) => {
      const title = test.fullTitle();
      // It counts as one failure, whatever its tries found.
      if (found.delete(title)) {
        retried.delete(title);
      }
      failed.push(reportedTest('failed', title, stackOf(error) ?? String(error)));
    });
    runner.once('end', () => {
      const reports = [...retried.values()];
      for (const line of reports) {
        process.stdout.write(`${line}\n\n`);
      }
      const file = process.env[totalsVariable];
      if (file === undefined) {
        return;
      }
      const { passes, failures, pending } = this.stats;
      const totals: Totals = {
        passed: passes - found.size,
        failed: failures + found.size,
        skipped: pending,
        reports: [...failed, ...reports],
      };
      // mocha may exit right after this event, so all work must be done here.
      writeFileSync(file, JSON.stringify(totals));
    });
  }
}

/** Returns the text of an error, also of one from another process that has lost its class. */
function stackOf(error: unknown): string | undefined {
  const isObject = typeof error === 'object' && error !== null;
  if (isObject && 'stack' in error && typeof error.stack === 'string') {
    return error.stack;
  }
  return isObject && 'message' in error ? String(error.message) : undefined;
}
