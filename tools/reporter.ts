// mocha's own "spec" reporter, which also tells `npm test` the totals, and of tests that passed only when they were
// tried again: they count as passed, and say why they had failed.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { toldTest } from '../test/support/told-test.ts';
import { type Totals, totalsVariable } from './totals.ts';

/** How fast-check begins: an input that breaks the law is one for good, though the next try may not come upon it. */
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
        retried.set(title, toldTest(isFound ? 'failed' : 'tried again', title, why));
      }
    });
    runner.on('fail', (test: Mocha.Test, error: unknown) => {
      const title = test.fullTitle();
      // It is one failure, whatever its tries had found.
      if (found.delete(title)) {
        retried.delete(title);
      }
      failed.push(toldTest('failed', title, stackOf(error) ?? String(error)));
    });
    runner.once('end', () => {
      const told = [...retried.values()];
      for (const line of told) {
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
        told: [...failed, ...told],
      };
      // mocha may exit right after this event, so nothing may be left to do.
      writeFileSync(file, JSON.stringify(totals));
    });
  }
}

/** Of an error, also of one that came from another process and has lost its class. */
function stackOf(error: unknown): string | undefined {
  const isObject = typeof error === 'object' && error !== null;
  if (isObject && 'stack' in error && typeof error.stack === 'string') {
    return error.stack;
  }
  return isObject && 'message' in error ? String(error.message) : undefined;
}
