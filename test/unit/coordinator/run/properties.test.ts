import fc from 'fast-check';
import { plans, steps } from '../../../support/coordinator/arbitraries.ts';
import { play } from '../../../support/coordinator/play.ts';

describe('any run', () => {
  it('agrees with its replay and with the oracle at every event, whatever happens', () => {
    fc.assert(
      fc.property(plans(30), fc.array(steps, { maxLength: 150, size: 'max' }), (plan, script) => {
        play(plan, script);
      }),
      { numRuns: 30 },
    );
  }).timeout(60_000);
});
