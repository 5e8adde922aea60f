// mocha's own "spec" reporter, which also tells `npm test` the totals.
import { writeFileSync } from 'node:fs';
import Mocha from 'mocha';
import { totalsVariable, type Totals } from './totals.ts';

export default class Reporter extends Mocha.reporters.Spec {
  constructor(runner: Mocha.Runner, options: Mocha.MochaOptions) {
    super(runner, options);
    const file = process.env[totalsVariable];
    if (file === undefined) return;
    runner.once('end', () => {
      const { passes, failures, pending } = this.stats;
      const totals: Totals = { passed: passes, failed: failures, skipped: pending };
      // mocha may exit right after this event, so nothing may be left to do.
      writeFileSync(file, JSON.stringify(totals));
    });
  }
}
