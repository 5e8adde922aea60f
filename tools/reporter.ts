// mocha's own "spec" reporter, which also tells `npm test` the totals, and of tests that passed only when they were
// tried again: they count as passed, and say why they had failed.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { totalsVariable, type Totals } from './totals.ts';

/** How fast-check begins: an input that breaks the law is one for good, though the next try may not come upon it. */
const COUNTEREXAMPLE = 'Property failed after';

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const retried: string[] = [];
    const failed: string[] = [];
    let found = 0;
    runner.on('retry', (test: Mocha.Test, error: unknown) => {
      const why = stackOf(error) ?? String(error);
      const isFound = why.includes(COUNTEREXAMPLE);
      found += isFound ? 1 : 0;
      retried.push(entry(isFound ? '✖ failed' : '↻ tried again', test, why));
    });
    runner.on('fail', (test: Mocha.Test, error: unknown) => {
      failed.push(entry('✖ failed', test, stackOf(error) ?? String(error)));
    });
    runner.once('end', () => {
      for (const line of retried) process.stdout.write(`${line}\n\n`);
      const file = process.env[totalsVariable];
      if (file === undefined) return;
      const { passes, failures, pending } = this.stats;
      const totals: Totals = {
        passed: passes - found,
        failed: failures + found,
        skipped: pending,
        told: [...failed, ...retried],
      };
      // mocha may exit right after this event, so nothing may be left to do.
      writeFileSync(file, JSON.stringify(totals));
    });
  }
}

function entry(what: string, test: Mocha.Test, why: string): string {
  return `${what}: ${test.fullTitle()}\n${why.replace(/^/gm, '    ')}`;
}

/** Of an error, also of one that came from another process and has lost its class. */
function stackOf(error: unknown): string | undefined {
  const isObject = typeof error === 'object' && error !== null;
  if (isObject && 'stack' in error && typeof error.stack === 'string') return error.stack;
  return isObject && 'message' in error ? String(error.message) : undefined;
}
