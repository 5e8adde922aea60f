// mocha's "spec" reporter, which also tells `npm test` the totals and lists the tests that passed only when they were
// tried again, and those that were skipped, each with its reason.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { printed } from '../test/support/reported-test.ts';
import { TestLog } from '../test/support/test-log.ts';
import { type Totals, totalsVariable } from './totals.ts';

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const log = new TestLog();
    const failed = new Set<string>();
    runner.on('pass', () => {
      log.pass();
    });
    runner.on('retry', (test: Mocha.Test, error: unknown) => {
      log.retry(test.fullTitle(), textOf(error));
    });
    runner.on('fail', (test: Mocha.Test, error: unknown) => {
      failed.add(test.fullTitle());
      log.fail(test.fullTitle(), textOf(error));
    });
    runner.on('pending', (test: Mocha.Test) => {
      log.skip(test.fullTitle(), test.err);
    });
    runner.once('end', () => {
      const totals: Totals = log.result();
      // mocha itself prints the tests that failed in their last try.
      for (const each of totals.reports.filter(({ title }) => !failed.has(title))) {
        process.stdout.write(`${printed(each)}\n\n`);
      }
      const file = process.env[totalsVariable];
      if (file !== undefined) {
        // mocha may exit right after this event, so all work must be done here.
        writeFileSync(file, JSON.stringify(totals));
      }
    });
  }
}

/** Returns the text of an error, also of one from another process that has lost its class. */
function textOf(error: unknown): string {
  const isObject = typeof error === 'object' && error !== null;
  if (isObject && 'stack' in error && typeof error.stack === 'string') {
    return error.stack;
  }
  return isObject && 'message' in error ? String(error.message) : String(error);
}
