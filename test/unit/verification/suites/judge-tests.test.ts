import { strict as assert } from 'node:assert';
import { readFileSync } from 'node:fs';
import { testsSchema } from '../../../../src/coordinator/schema/events.ts';
import { judgeTests, type TestRun } from '../../../../src/verification/suites/judge-tests.ts';

const recorded = (name: string) =>
  readFileSync(new URL(`../../../fixtures/test-output/${name}.txt`, import.meta.url), 'utf8');

const ENDED = { exitCode: 0, signal: null, durationMs: 1200, failure: null };

function judge(output: string, outcome: Partial<TestRun['outcome']> = {}, parser = 'npm') {
  return judgeTests({ label: 'npm test', parser, output, outcome: { ...ENDED, ...outcome } });
}

describe('a run of the test suite', () => {
  it('that ends well passes with its counts', () => {
    const result = judge('\n\n  2 passing (3ms)\n  1 pending\n');
    assert.deepEqual(result, {
      status: 'passed',
      command: 'npm test',
      total: 3,
      passed: 2,
      failed: 0,
      durationMs: 1200,
      failures: [],
      message: '2 tests passed.',
    });
    assert.deepEqual(testsSchema.parse(result), result);
  });

  it('that ends well without counts passes, and claims none', () => {
    const { status, total, message } = judge('fine\n');
    assert.deepEqual([status, total, message], ['passed', null, '`npm test` passed.']);
  });

  it('that ends badly fails with what failed', () => {
    const result = judge(recorded('mocha'), { exitCode: 2 });
    assert.equal(result.status, 'failed');
    assert.equal(result.message, '2 of 4 tests failed.');
    assert.deepEqual(
      result.failures.map(({ name }) => name),
      ['suite breaks', 'suite inner breaks too'],
    );
  });

  it('that ends badly although every test passed fails, saying why', () => {
    const { status, message } = judge('\n  2 passing (3ms)\n', { exitCode: 3 });
    assert.deepEqual(
      [status, message],
      ['failed', '2 tests passed, but `npm test` ended with exit code 3.'],
    );
  });

  it('whose exit code hides its failures fails', () => {
    const { status, message } = judge(recorded('jest'));
    assert.equal(status, 'failed');
    assert.equal(message, '1 of 3 tests failed.');
  });

  const none: readonly (readonly [string, number])[] = [
    ['node-none', 0],
    ['mocha-none', 1],
    ['mocha-zero', 0],
    ['jest-none', 1],
    ['vitest-none', 1],
    ['pytest-none', 5],
    ['cargo-none', 0],
    ['go-none', 0],
  ];
  for (const [name, exitCode] of none) {
    it(`that found no tests (${name}) is no pass and no failure`, () => {
      const { status, message } = judge(recorded(name), { exitCode });
      assert.equal(status, 'none');
      assert.equal(message, '`npm test` found no tests, so nothing was proven by tests.');
    });
  }

  it('of pytest that says nothing but its exit code 5 found none', () => {
    assert.equal(judge('', { exitCode: 5 }, 'pytest').status, 'none');
    assert.equal(judge('', { exitCode: 5 }, 'make').status, 'failed');
  });

  it('that skipped everything proves nothing', () => {
    const { status, message } = judge('\n  0 passing (3ms)\n  2 pending\n');
    assert.equal(status, 'none');
    assert.equal(message, '`npm test` skipped all of its tests, so nothing was proven by tests.');
  });

  it('that could not be built is a failure', () => {
    assert.equal(judge(recorded('cargo-broken'), { exitCode: 101 }, 'cargo').status, 'failed');
  });

  it('of zero tests that fails for a reason of its own is a failure, not "no tests"', () => {
    const output = `${recorded('cargo-none')}\nerror: could not compile \`a\` (test "i")\n`;
    const { status, message } = judge(output, { exitCode: 101 }, 'cargo');
    assert.deepEqual([status, message], ['failed', '`npm test` ended with exit code 101.']);
    assert.equal(judge('\n  0 passing (3ms)\n', { exitCode: 1 }).status, 'failed');
  });

  it('whose program is missing fails, saying so', () => {
    const failure = { reason: 'not_started', message: 'spawn npm ENOENT.' } as const;
    const { status, message } = judge('', { exitCode: null, failure });
    assert.deepEqual(
      [status, message],
      ['failed', '`npm test` could not be started: spawn npm ENOENT.'],
    );
  });

  it('that was cut short fails with the reason, even if all tests until then passed', () => {
    const failure = {
      reason: 'timeout',
      limitMs: 300_000,
      message: 'It was still working after 5 minutes and was stopped.',
    } as const;
    const late = judge('\n  2 passing (3ms)\n', { exitCode: null, signal: 'SIGTERM', failure });
    assert.equal(late.status, 'failed');
    assert.equal(late.message, '`npm test` did not finish within 300 s.');
    const killed = judge('', { exitCode: null, signal: 'SIGKILL' });
    assert.equal(killed.message, '`npm test` was ended by SIGKILL.');
  });

  it('that was interrupted or left no exit code fails', () => {
    const failure = { reason: 'interrupted', message: 'The runner vanished.' } as const;
    const lost = judge('', { exitCode: null, failure });
    assert.deepEqual(
      [lost.status, lost.message],
      ['failed', '`npm test` was interrupted before it finished.'],
    );
    assert.equal(judge('', { exitCode: null }).message, '`npm test` left no exit code.');
  });

  it('that a person stopped is skipped', () => {
    const failure = { reason: 'cancelled', message: 'Stopped.' } as const;
    assert.equal(judge('', { exitCode: null, signal: 'SIGTERM', failure }).status, 'skipped');
  });
});
