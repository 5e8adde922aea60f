import { mkdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { compareTests } from '../../verification/suites/compare-tests.ts';
import { judgeTests } from '../../verification/suites/judge-tests.ts';
import type { Outcome } from '../../coordinator/schema/attempt.ts';
import type { Config } from '../../coordinator/schema/config.ts';
import type { CheckJob } from '../../coordinator/schema/events.ts';
import type { RunState, TaskRecord, TestsResult } from '../../coordinator/run/state/state.ts';
import type { Plan } from '../../coordinator/schema/task.ts';
import { attemptDirectory, attemptFiles } from '../../store/attempts/attempt-directory.ts';
import { contextDirectory } from '../../store/directories/run-directory.ts';
import { writeFileAtomic } from '../../system/atomic-file.ts';
import { type Briefing, writeView } from './role-view.ts';
import { readReport } from '../proof/read-report.ts';
import { composePrompt } from './compose-prompt.ts';

/** What the built-in context refresh is told of the group. */
export function summaryFactsFile(runDirectory: string): string {
  return join(contextDirectory(runDirectory), 'facts.json');
}

/** Writes what the built-in context refresh is told. */
export async function writeRunContext(runDirectory: string, run: RunState): Promise<void> {
  const directory = contextDirectory(runDirectory);
  await mkdir(directory, { recursive: true });
  const tasks = run.order.map(({ planned, state }) => ({
    id: planned.id,
    title: planned.title,
    status: state.kind,
    detail: planned.subagent,
  }));
  await writeFileAtomic(
    summaryFactsFile(runDirectory),
    JSON.stringify({ group: run.plan.groupId, tasks }),
  );
}

const MOST_TEST_OUTPUT_BYTES = 4 * 1024 * 1024;

interface BriefingOptions {
  readonly runDirectory: string;
  readonly workspaceRoot: string;
  readonly config: Config;
  readonly plan: Plan;
}

/** Writes down what a task's next attempt is told, as the blackboard stands now. */
export async function briefAgent(
  record: TaskRecord,
  run: RunState,
  options: BriefingOptions,
): Promise<Briefing> {
  const { file, view } = await writeView(options.runDirectory, run, record);
  const summary = await summaryOf(options.runDirectory, run);
  return {
    contextFile: file,
    prompt: await composePrompt(record, run, { ...options, summary }, view),
  };
}

/** What a run of the suite said; the one after the run is compared with the one before. */
export async function readTests(
  run: RunState,
  { runDirectory, workspaceRoot }: Pick<BriefingOptions, 'runDirectory' | 'workspaceRoot'>,
  job: Exclude<CheckJob, 'refresh'>,
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
  const { state } = run.checks.baseline;
  return job === 'tests' && state.kind === 'ended'
    ? { ...tests, message: compareTests(state.tests, tests) }
    : tests;
}

/** What the context refresh of a run printed; empty where it printed nothing. */
export function summaryOf(runDirectory: string, run: RunState): Promise<string> {
  return outputOf(runDirectory, 'refresh', run.checks.refresh.attempt);
}

/** When an attempt was launched, ms since the epoch; the end of time where that is not known: then nothing is its own. */
async function startOf(directory: string): Promise<number> {
  try {
    return (await stat(attemptFiles(directory).spec)).mtimeMs;
  } catch {
    return Infinity;
  }
}

/** What a check printed; empty where it printed nothing. */
async function outputOf(runDirectory: string, job: CheckJob, attempt: number): Promise<string> {
  if (attempt === 0) {
    return '';
  }
  try {
    const bytes = await readFile(attemptFiles(attemptDirectory(runDirectory, job, attempt)).output);
    return bytes.subarray(-MOST_TEST_OUTPUT_BYTES).toString('utf8');
  } catch {
    return '';
  }
}
