import { t } from '../../shared/messages.ts';
import type { RunView, TestsView, Usage } from '../../shared/view-models/group-views.ts';
import { summarize } from '../metrics/summary.ts';
import { budgetWords } from '../run/budget.ts';
import { addUsage } from '../run/evolve-attempt.ts';
import type { RunState, TestsResult } from '../run/state/state.ts';
import { tookTooLong } from '../run/transition/limits.ts';
import { proposedTasks } from './fix-tasks.ts';
import { projectPhases } from './project-phases.ts';

/** The process that coordinates a run, as seen from this one. */
export interface Holder {
  readonly holder: RunView['holder'];
  readonly name: string | null;
  /** Why our unfinished run is suspended; `null`: it is not. */
  readonly suspended: string | null;
}

/** A run as all views show it. */
export function projectRun(run: RunState, holder: Holder): RunView {
  return {
    id: run.plan.run,
    startedAt: run.startedAt,
    endedAt: run.ended?.at ?? null,
    phase: run.phase ?? 'pre_execution',
    phases: projectPhases(run),
    state: runState(run, holder),
    holder: holder.holder,
    holderName: holder.name,
    maxConcurrent: run.plan.maxConcurrent,
    baseline: testsView(run, 'baseline'),
    tests: testsView(run, 'tests'),
    usage: totalUsage(run),
    budget: budgetWords(run),
    metrics: summarize(run.measure),
    // A copy: the list grows, but a view must not change.
    warnings: [...run.warnings, ...brakeWords(run)],
    errors: runErrors(run, holder),
    exitCode: run.ended?.exitCode ?? null,
    refreshCompleted: refreshCompleted(run),
    proposedTasks: proposedTasks(run),
    stage: run.plan.stage,
  };
}

function runState(run: RunState, holder: Holder): RunView['state'] {
  if (run.ended !== null) {
    return 'ended';
  }
  if (holder.suspended !== null) {
    return 'suspended';
  }
  return run.cancelled || run.timedOut ? 'stopping' : 'running';
}

/** Whether the context refresh succeeded; `null` before it ended. */
export function refreshCompleted(run: RunState): boolean | null {
  const { state } = run.suites.refresh;
  return state.kind === 'ended' ? state.outcome.failure === null : null;
}

/** The result of the suite. A missing test command is reported as a result once the run is over. */
export function testsView(run: RunState, job: 'baseline' | 'tests'): TestsView | null {
  const { state } = run.suites[job];
  if (state.kind === 'ended') {
    return state.tests;
  }
  if (job === 'baseline' || run.ended === null || run.plan.kind === 'map') {
    return null;
  }
  return run.plan.tests === null
    ? noCommand()
    : { ...skippedTests(), command: run.plan.tests.label };
}

const noCommand = (): TestsResult => ({
  status: 'none',
  command: null,
  total: null,
  passed: null,
  failed: null,
  durationMs: 0,
  failures: [],
  message: t('No test command was found, so nothing was proven by tests.'),
});
const skippedTests = (): TestsResult => ({
  ...noCommand(),
  status: 'skipped',
  message: t('The tests were not run: nothing new was proven, or the run was stopped.'),
});

/** Sum over all tasks including running attempts; `null` if no agent reports usage. */
export function totalUsage(run: RunState): Usage | null {
  let total: Usage | null = null;
  for (const record of run.order) {
    if (record.usage !== null || record.liveUsage !== null) {
      total = addUsage(total, addUsage(record.usage, record.liveUsage));
    }
  }
  return total;
}

/** Errors, one sentence each; tasks are named by their short ids. */
export function runErrors(run: RunState, holder?: Holder): string[] {
  const errors: string[] = [];
  for (const { state, planned } of run.order) {
    if (state.kind === 'failed') {
      errors.push(`${planned.id}: ${state.failure.message}`);
    } else if (state.kind === 'completed' && state.close.kind === 'problem') {
      errors.push(`${planned.id}: proven, not yet closed: ${state.close.message}`);
    }
  }
  errors.push(...violations(run));
  const { state } = run.suites.tests;
  if (state.kind === 'ended' && state.tests?.status !== 'passed') {
    errors.push(
      state.tests?.message ?? state.outcome.failure?.message ?? t('The tests gave no result.'),
    );
  }
  if (run.timedOut) {
    errors.push(tookTooLong(run).message);
  }
  const suspended = holder?.suspended ?? null;
  return suspended === null ? errors : [...errors, suspended];
}

/** Policy violations of the whole run; those of a task are shown with the task. */
function violations({ policy }: RunState): string[] {
  return policy.findings.flatMap(({ severity, task, message }) =>
    severity === 'violation' && task === null ? [message] : [],
  );
}

function brakeWords({ policy: { launchPaused }, ended }: RunState): string[] {
  return launchPaused === null || ended !== null
    ? []
    : [t('Nothing is launched just now: {0}.', launchPaused)];
}
