import { strict as assert } from 'node:assert';
import { fixTitles, notYetIn } from '../../../../src/coordinator/projections/fix-tasks.ts';
import type { TestsResult } from '../../../../src/coordinator/run/state/state.ts';
import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import { outcome, testsResult } from '../../../support/coordinator/outcomes.ts';
import { runPlan } from '../../../support/coordinator/plans.ts';
import { recordedRun } from '../../../support/coordinator/recorded-run.ts';
import { COMPLETED, makeTask } from '../../../support/make-task.ts';

function ended(job: 'baseline' | 'tests', tests: TestsResult): RunEventBody[] {
  const ref = { job, attempt: 1 };
  return [
    { type: 'check.requested', ...ref },
    { type: 'check.ended', ...ref, offset: 0, outcome: outcome(), tests },
  ];
}

/** What is proposed where these tests failed before and after; `null`: the suite passed, or gave no names. */
function proposed(before: readonly string[] | null, after: readonly string[] | null): string[] {
  const result = (names: readonly string[] | null): TestsResult => ({
    ...testsResult(names === null ? 'passed' : 'failed'),
    failures: (names ?? []).map((name) => ({ name, message: 'expected 1' })),
  });
  const events = [...ended('baseline', result(before)), ...ended('tests', result(after))];
  return fixTitles(recordedRun(runPlan(['T1']), events));
}

describe('the tasks that a failing suite suggests', () => {
  const many = Array.from({ length: 13 }, (_, index) => `test ${index}`);
  const rows: readonly (readonly [
    string,
    readonly string[] | null,
    readonly string[] | null,
    string[],
  ])[] = [
    ['none where it passed', null, null, []],
    ['one for each test that fails', null, ['adds'], ['Fix the failing test: adds']],
    ['none for what failed before', ['old'], ['old', 'new'], ['Fix the failing test: new']],
    ['none where all of it failed before', ['old'], ['old'], []],
    ['one for the suite where it names none', null, [], ['Fix the failing test suite: npm test']],
    ['one for the suite where many fail', null, many, ['Fix the failing test suite: npm test']],
    ['one for a test that is named twice', null, ['a', 'a'], ['Fix the failing test: a']],
    ['each on one line', null, ['a\n # b'], ['Fix the failing test: a # b']],
  ];
  for (const [what, before, after, titles] of rows) {
    it(`are ${what}`, () => {
      assert.deepEqual(proposed(before, after), titles);
    });
  }

  it('are not proposed again while the plan has them, however it had to spell them', () => {
    const titles = ['Fix the failing test: adds [1]', 'Fix the failing test: other'];
    const open = makeTask('T7', { title: 'Fix the failing test: adds (1)' });
    assert.deepEqual(notYetIn(titles, 'tasks.md', [open]), ['Fix the failing test: other']);
    assert.deepEqual(notYetIn(titles, 'other.md', [open]), titles);
  });

  it('say so where they were mended before', () => {
    const done = makeTask('T7', { title: 'Fix the failing test: adds', status: COMPLETED });
    assert.deepEqual(notYetIn(['Fix the failing test: adds'], 'tasks.md', [done]), [
      'Fix the failing test: adds, again',
    ]);
  });
});
