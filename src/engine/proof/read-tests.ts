import type { RunState, TestsResult } from '../../coordinator/run/state/state.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { SuiteJob } from '../../coordinator/schema/events.ts';
import { attemptDirectory } from '../../store/attempts/attempt-directory.ts';
import { compareTests } from '../../verification/suites/compare-tests.ts';
import { judgeTests } from '../../verification/suites/judge-tests.ts';
import { type BriefingOptions, outputOf, startOf } from '../prompt/brief-agent.ts';
import { readReport } from './read-report.ts';

/** The results of a suite; the run at the end is compared with the one at the start. */
export async function readTests(
  run: RunState,
  { runDirectory, workspaceRoot }: Pick<BriefingOptions, 'runDirectory' | 'workspaceRoot'>,
  job: Exclude<SuiteJob, 'refresh'>,
  attempt: number,
  outcome: Outcome,
): Promise<TestsResult | null> {
  const plan = run.plan.tests;
  if (plan === null) {
    return null;
  }
  const output = await outputOf(runDirectory, job, attempt);
  const { label, parser, reports = [] } = plan;
  const since = await startOf(attemptDirectory(runDirectory, job, attempt));
  const report = await readReport({ workspaceRoot, places: reports, since, output, parser });
  const tests = judgeTests({ label, parser, outcome, output, report });
  const { state } = run.suites.baseline;
  return job === 'tests' && state.kind === 'ended'
    ? { ...tests, message: compareTests(state.tests, tests) }
    : tests;
}
