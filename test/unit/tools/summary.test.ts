import assert from 'node:assert/strict';
import { addUp, counts, lastLines } from '../../../tools/summary.ts';
import { noTests, withFailure } from '../../../tools/totals.ts';

const skipped = { what: 'skipped', title: 'beads', tests: 4, why: 'there is no bd' } as const;
const again = {
  what: 'tried again',
  title: 'reload',
  tests: 1,
  why: 'Error: late\n\n  at x',
} as const;

describe('the last lines of a run of the tests', () => {
  it('list by name and reason what failed, was tried again, and was skipped, and end with the totals', () => {
    const some = { passed: 3, failed: 0, skipped: 4, triedAgain: 1, reports: [skipped, again] };
    const check = withFailure({ ...noTests, passed: 1 }, 'Lint', 'It ended with 1.');
    assert.deepEqual(lastLines(addUp([some, check]), ['- without bd: no go']).split('\n'), [
      '✖ failed: Lint',
      '    It ended with 1.',
      '',
      '↻ tried again: reload',
      '    Error: late',
      '',
      '      at x',
      '',
      '- skipped: 4 tests of beads',
      '    there is no bd',
      '',
      '- without bd: no go',
      '',
      '4 passed, 1 failed, 4 skipped, 1 tried again',
    ]);
  });

  it('begin their totals with what passed and failed, and leave out what did not happen', () => {
    assert.equal(counts({ ...noTests, passed: 2 }), '2 passed, 0 failed');
    assert.equal(counts({ ...noTests, triedAgain: 2 }), '0 passed, 0 failed, 2 tried again');
  });
});
