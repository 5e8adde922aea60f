import type { TestsResult } from '../../coordinator/run/state/state.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import { t } from '../../shared/messages.ts';
import { parseTests } from './parse-tests.ts';
import type { TestCounts, TestReport } from './reports/test-report.ts';

/** A finished run of the suite. */
export interface TestRun {
  /** The command as the user reads it: `npm test`. */
  readonly label: string;
  /** The parser that is tried first (`SuiteSpec.parser`). */
  readonly parser: string;
  readonly outcome: Pick<Outcome, 'exitCode' | 'signal' | 'durationMs' | 'failure'>;
  /** Its output; of a long output at least the end. */
  readonly output: string;
  /** The report file's content, if it was already read; `null` if there is none. */
  readonly report?: TestReport | null;
}

type Verdict = Pick<TestsResult, 'status' | 'message'> & { readonly counts: TestCounts | null };

/** Exit code of pytest if it collected no tests. */
const PYTEST_NO_TESTS = 5;

/**
 * Judges a run of the test suite. It passed only if it ended by itself with exit code 0 and no test failed; finding no
 * tests is a separate result and never a pass. Counts are `null` if the output does not contain them.
 */
export function judgeTests(run: TestRun): TestsResult {
  const { status, message, counts } = judge(run);
  return {
    status,
    command: run.label,
    total: counts?.total ?? null,
    passed: counts?.passed ?? null,
    failed: counts?.failed ?? null,
    durationMs: run.outcome.durationMs,
    failures: [...(counts?.failures ?? [])],
    message,
  };
}

function judge(run: TestRun): Verdict {
  const report = run.report === undefined ? parseTests(run.output, run.parser) : run.report;
  const counts = report?.kind === 'counts' ? report : null;
  const unfinished = unfinishedSentence(run);
  if (unfinished !== null) {
    const stopped = run.outcome.failure?.reason === 'cancelled';
    return { status: stopped ? 'skipped' : 'failed', message: unfinished, counts };
  }
  if (foundNone(run, report)) {
    const message = t('`{0}` found no tests, so nothing was proven by tests.', run.label);
    return { status: 'none', message, counts: null };
  }
  return judgeCounts(run, counts);
}

function judgeCounts({ label, outcome }: TestRun, counts: TestCounts | null): Verdict {
  if (counts !== null && counts.failed > 0) {
    return { status: 'failed', message: t('{0} failed.', failedOf(counts)), counts };
  }
  if (outcome.exitCode !== 0) {
    const end = t('`{0}` ended with exit code {1}.', label, outcome.exitCode ?? -1);
    const passed = counts?.passed ?? 0;
    return {
      status: 'failed',
      message: passed === 0 ? end : `${tests(passed)} passed, but ${end}`,
      counts,
    };
  }
  if (counts?.passed === 0) {
    const message = t('`{0}` skipped all of its tests, so nothing was proven by tests.', label);
    return { status: 'none', message, counts };
  }
  const message =
    typeof counts?.passed === 'number'
      ? t('{0} passed.', tests(counts.passed))
      : `\`${label}\` passed.`;
  return { status: 'passed', message, counts };
}

/** Returns why the run has no result, or `null` if it ended by itself. */
function unfinishedSentence({ label, outcome }: TestRun): string | null {
  const { failure, exitCode, signal } = outcome;
  if (failure?.reason === 'timeout') {
    return t('`{0}` did not finish within {1} s.', label, failure.limitMs / 1000);
  }
  if (failure?.reason === 'cancelled') {
    return t('`{0}` was stopped before it finished, so nothing was proven by tests.', label);
  }
  if (failure?.reason === 'not_started') {
    return `\`${label}\` could not be started: ${failure.message}`;
  }
  if (failure?.reason === 'interrupted') {
    return t('`{0}` was interrupted before it finished.', label);
  }
  if (signal !== null) {
    return t('`{0}` was ended by {1}.', label, signal);
  }
  return exitCode === null ? t('`{0}` left no exit code.', label) : null;
}

/**
 * A summary of zero tests explains a success, but a failure only if the runner itself gives that as the reason: `lint
 * && test` may fail for another one.
 */
function foundNone({ parser, outcome }: TestRun, report: TestReport | null): boolean {
  if (parser === 'pytest' && outcome.exitCode === PYTEST_NO_TESTS) {
    return true;
  }
  return report?.kind === 'none' && (outcome.exitCode === 0 || report.explainsFailure);
}

function failedOf({ failed, total }: TestCounts): string {
  return total === null || total === failed ? tests(failed) : `${failed} of ${tests(total)}`;
}

function tests(count: number): string {
  return count === 1 ? '1 test' : `${count} tests`;
}
