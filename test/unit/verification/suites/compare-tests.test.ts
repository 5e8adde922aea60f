import { strict as assert } from 'node:assert';
import type { TestsResult } from '../../../../src/coordinator/run/state/state.ts';
import { compareTests } from '../../../../src/verification/suites/compare-tests.ts';

const passed = (count: number | null): TestsResult => ({
  status: 'passed',
  command: 'npm test',
  total: count,
  passed: count,
  failed: count === null ? null : 0,
  durationMs: 1,
  failures: [],
  message: count === null ? '`npm test` passed.' : `${count} tests passed.`,
});

const failed = (...names: string[]): TestsResult => ({
  ...passed(12),
  status: 'failed',
  passed: 12 - names.length,
  failed: names.length,
  failures: names.map((name) => ({ name, message: '' })),
  message: `${names.length} of 12 tests failed.`,
});

const none: TestsResult = {
  ...passed(0),
  status: 'none',
  message: '`npm test` found no tests, so nothing was proven by tests.',
};

const broken: TestsResult = {
  ...passed(null),
  status: 'failed',
  message: '`npm test` ended with exit code 2.',
};

describe('the tests after a run, compared with those before', () => {
  const cases: readonly (readonly [TestsResult | null, TestsResult, string])[] = [
    [null, passed(12), '12 tests passed.'],
    [passed(12), passed(12), '12 tests passed, as before the run.'],
    [passed(null), passed(null), '`npm test` passed, as before the run.'],
    [passed(10), passed(12), '12 tests passed; before the run it was 10.'],
    [failed('a'), passed(12), '12 tests passed; before the run 1 failed.'],
    [broken, passed(12), '12 tests passed; before the run the suite failed.'],
    [none, passed(12), '12 tests passed.'],
    [passed(12), failed('a'), '1 of 12 tests failed; the suite passed before the run.'],
    [none, failed('a'), '1 of 12 tests failed.'],
    [failed('a'), failed('a'), '1 of 12 tests failed; it failed before the run too.'],
    [failed('a', 'b'), failed('b', 'a'), '2 of 12 tests failed; both failed before the run too.'],
    [
      failed('a', 'b', 'c'),
      failed('a', 'b', 'c'),
      '3 of 12 tests failed; all of them failed before the run too.',
    ],
    [failed('a'), failed('a', 'b'), '1 new failure: b.'],
    [failed('a'), failed('b', 'c', 'd', 'e'), '4 new failures: b, c, d and 1 more.'],
    [broken, failed('a'), '1 of 12 tests failed; the suite failed before the run too.'],
    [
      failed('a'),
      broken,
      '`npm test` ended with exit code 2; the suite failed before the run too.',
    ],
    [passed(12), none, '`npm test` found no tests, so nothing was proven by tests.'],
    [{ ...passed(12), status: 'skipped' }, passed(12), '12 tests passed.'],
  ];
  for (const [before, now, sentence] of cases) {
    it(`${before?.message ?? 'nothing'} → ${now.message} reads: ${sentence}`, () => {
      assert.equal(compareTests(before, now), sentence);
    });
  }
});
