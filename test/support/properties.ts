// Required by the kinds of tests that have properties. Each property gets a budget of time, so that a slow machine tries
// fewer cases instead of taking longer. PARALLEL_GROUPS_PROPERTY_MS=60000 tries more, 0 tries all.
import * as fc from 'fast-check';

/** Time for the cases of one property, ms. */
const budget = Number(process.env.PARALLEL_GROUPS_PROPERTY_MS ?? '3000');

/** How far the current test came, such as "412 of 3000 cases". */
let unfinished: string[] = [];

if (budget > 0) {
  fc.installGlobalPlugin(fc.interruptAfterTimeLimit(budget));
  fc.installGlobalPlugin(() => ({
    onAllRunsComplete: ({ interrupted, failed, numRuns, runConfiguration }) => {
      if (interrupted && !failed) {
        unfinished.push(`${numRuns} of ${runConfiguration.numRuns ?? 0} cases`);
      }
    },
  }));
}

/** Prints which properties the budget has stopped, and after how many cases. */
export const mochaHooks = {
  afterEach(this: Mocha.Context): void {
    for (const cases of unfinished) {
      console.log(`    ${cases} in ${budget} ms: ${this.currentTest?.fullTitle() ?? ''}`);
    }
    unfinished = [];
  },
};
