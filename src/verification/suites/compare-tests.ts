import type { TestsResult } from '../../coordinator/run/state/state.ts';

const MOST_NAMED = 3;

/**
 * One sentence for a person: what the suite says now, beside what it said before the run (`null`: it was not run then).
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
  const said = clause(now.message);
  if (baseline.status === 'failed') {
    const { failed } = baseline;
    return `${said}; before the run ${failed === null || failed === 0 ? 'the suite' : failed} failed.`;
  }
  if (baseline.passed === null || now.passed === null || baseline.passed === now.passed) {
    return `${said}, as before the run.`;
  }
  return `${said}; before the run it was ${baseline.passed}.`;
}

function compareFailure(baseline: TestsResult, now: TestsResult): string {
  const said = clause(now.message);
  if (baseline.status === 'passed') {
    return `${said}; the suite passed before the run.`;
  }
  const before = new Set(baseline.failures.map(({ name }) => name));
  const names = now.failures.map(({ name }) => name);
  const fresh = names.filter((name) => !before.has(name));
  // Without every name nobody can tell whether it is the same tests that fail.
  const known = names.length > 0 && names.length === now.failed && isNamed(baseline);
  if (!known) {
    return `${said}; the suite failed before the run too.`;
  }
  if (fresh.length > 0) {
    const count = fresh.length === 1 ? '1 new failure' : `${fresh.length} new failures`;
    return `${count}: ${listed(fresh)}.`;
  }
  return `${said}; ${sameBefore(names.length)} failed before the run too.`;
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

function listed(names: readonly string[]): string {
  const more = names.length - MOST_NAMED;
  return names.slice(0, MOST_NAMED).join(', ') + (more > 0 ? ` and ${more} more` : '');
}

/** A sentence without its full stop. */
function clause(sentence: string): string {
  return sentence.replace(/\.$/, '');
}
