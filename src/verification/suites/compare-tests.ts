import type { TestsResult } from '../../coordinator/run/state/state.ts';
import { t } from '../../shared/messages.ts';
import { firstOf } from '../../shared/words/text.ts';

const MOST_NAMED = 3;

/**
 * Returns one sentence for the user: the suite's result now, compared with the one before the run (`null` if it did not
 * run).
 */
export function compareTests(baseline: TestsResult | null, now: TestsResult): string {
  if (!isVerdict(now) || baseline === null || !isVerdict(baseline)) {
    return now.message;
  }
  return now.status === 'passed' ? comparePass(baseline, now) : compareFailure(baseline, now);
}

function isVerdict({ status }: TestsResult): boolean {
  return status === 'passed' || status === 'failed';
}

function comparePass(baseline: TestsResult, now: TestsResult): string {
  const summary = clause(now.message);
  if (baseline.status === 'failed') {
    const { failed } = baseline;
    return t(
      '{0}; before the run {1} failed.',
      summary,
      failed === null || failed === 0 ? 'the suite' : failed,
    );
  }
  if (baseline.passed === null || now.passed === null || baseline.passed === now.passed) {
    return t('{0}, as before the run.', summary);
  }
  return t('{0}; before the run it was {1}.', summary, baseline.passed);
}

function compareFailure(baseline: TestsResult, now: TestsResult): string {
  const summary = clause(now.message);
  if (baseline.status === 'passed') {
    return t('{0}; the suite passed before the run.', summary);
  }
  const before = new Set(baseline.failures.map(({ name }) => name));
  const names = now.failures.map(({ name }) => name);
  const fresh = names.filter((name) => !before.has(name));
  // Without every name it is unknown whether the same tests fail.
  const known = names.length > 0 && names.length === now.failed && isNamed(baseline);
  if (!known) {
    return t('{0}; the suite failed before the run too.', summary);
  }
  if (fresh.length > 0) {
    const count = fresh.length === 1 ? '1 new failure' : `${fresh.length} new failures`;
    return t('{0}: {1}.', count, firstOf(fresh, MOST_NAMED));
  }
  return t('{0}; {1} failed before the run too.', summary, sameBefore(names.length));
}

function isNamed({ failed, failures }: TestsResult): boolean {
  return failures.length > 0 && failures.length === failed;
}

function sameBefore(failed: number): string {
  if (failed === 1) {
    return 'it';
  }
  return failed === 2 ? 'both' : 'all of them';
}

/** Returns a sentence without its full stop. */
function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
