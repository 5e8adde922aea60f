import type { RunEventBody, SuiteJob } from '../../../../src/coordinator/schema/events.ts';
import type { Phase } from '../../../../src/shared/status.ts';
import { hasCapacity, opensAt } from './agents.ts';
import { budgetWords } from './budget.ts';
import { readyInOrder, trueIndices } from './indices.ts';
import type { Model, ModelTask } from './model.ts';
import { isFree } from './mutexes.ts';
import { runDue, taskDue, timedTasks } from './time-limits.ts';

const JOBS: readonly SuiteJob[] = ['refresh', 'baseline', 'tests'];

/** Returns the actions that are right now; empty if only an event can change something. */
export function rightActions(model: Model): RunEventBody[] {
  if (model.ended !== null) {
    return [];
  }
  const stops = model.tasks
    .filter(
      ({ progress, stop, why }) =>
        progress.kind === 'running' && (stop || why !== null) && !progress.stopping,
    )
    .map((task) => ({
      type: 'attempt.cancel.requested' as const,
      ...attemptOf(task),
      ...(task.why === null ? {} : { why: task.why }),
    }));
  if (stops.length > 0) {
    return stops;
  }
  if (model.cancelled || model.timedOut) {
    return winding(model);
  }
  const words = budgetWords(model);
  return words.length > 0 ? words : going(model);
}

/** Returns the time of the next change if no event happens, ms; `null` = never. Requires that no action is right. */
export function rightWake(model: Model): number | null {
  const times = [
    ...model.tasks.flatMap(({ progress }) => (progress.kind === 'held' ? [progress.until] : [])),
    ...readyInOrder(model).flatMap((task) => (isFree(model, task) ? opensAt(model, task) : [])),
    ...timedTasks(model).map((task) => taskDue(model, task)),
    runDue(model),
  ];
  const first = Math.min(...times);
  return model.ended !== null || first === Infinity ? null : first;
}

function attemptOf({
  planned,
  attempt,
}: ModelTask): Pick<Extract<RunEventBody, { type: 'attempt.revoked' }>, 'task' | 'attempt'> {
  return { task: planned.key, attempt };
}

function winding(model: Model): RunEventBody[] {
  const running = JOBS.find((job) => model.checks[job].kind === 'running');
  if (running !== undefined) {
    const { attempt } = model.checks[running];
    return [{ type: 'check.cancel.requested', job: running, attempt }];
  }
  const { counts } = trueIndices(model);
  const busy = JOBS.some((job) => model.checks[job].kind === 'stopping');
  return counts.active === 0 && counts.closing === 0 && !busy ? [ending(model)] : proving(model);
}

function proving(model: Model): RunEventBody[] {
  return model.tasks
    .filter(({ progress }) => progress.kind === 'verifying' && !progress.requested)
    .map((task) => ({ type: 'evidence.requested', ...attemptOf(task) }));
}

function going(model: Model): RunEventBody[] {
  const { counts } = trueIndices(model);
  const enter = (phase: Phase): RunEventBody[] => [{ type: 'phase.entered', phase }];
  switch (model.phase) {
    case null:
      return enter('pre_execution');
    case 'pre_execution': {
      const wanted: SuiteJob[] = ['refresh'];
      if (model.plan.tests !== null && counts.active > 0) {
        wanted.push('baseline');
      }
      const runs = (['refresh', 'baseline'] as const).some(
        (job) => model.checks[job].kind === 'running',
      );
      return request(model, wanted) ?? (runs ? [] : enter('concurrent_execution'));
    }
    case 'concurrent_execution':
      return working(model) ?? (counts.unlaunched === 0 ? enter('coordination') : []);
    case 'coordination':
      return working(model) ?? (counts.active === 0 ? enter('post_execution') : []);
    case 'post_execution':
      return validating(model);
  }
}

function request(model: Model, jobs: readonly SuiteJob[]): RunEventBody[] | null {
  const job = jobs.find((each) => model.checks[each].kind === 'idle');
  return job === undefined
    ? null
    : [{ type: 'check.requested', job, attempt: model.checks[job].attempt + 1 }];
}

function working(model: Model): RunEventBody[] | null {
  const proofs = proving(model);
  return proofs.length > 0 ? proofs : launching(model);
}

function launching(model: Model): RunEventBody[] | null {
  const { counts, held } = trueIndices(model);
  const { sequential, maxConcurrent } = model.plan;
  if (counts.live >= (sequential ? 1 : maxConcurrent) || (sequential && held.length > 0)) {
    return null;
  }
  const ready = sequential ? readyInOrder(model).slice(0, 1) : readyInOrder(model);
  const next = ready.find((task) => hasCapacity(model, task) && isFree(model, task));
  return next === undefined
    ? null
    : [
        {
          type: 'attempt.requested',
          task: next.planned.key,
          attempt: next.attempt + 1,
          choice: next.choice,
          ...(next.resume === null ? {} : { resume: next.resume }),
        },
      ];
}

function validating(model: Model): RunEventBody[] {
  const { counts, toClose } = trueIndices(model);
  if (model.plan.tests !== null && counts.completed > 0) {
    const wanted = request(model, ['tests']);
    if (wanted !== null || model.checks.tests.kind === 'running') {
      return wanted ?? [];
    }
  }
  const verdict = verdictOf(model);
  if (verdict === 'silent' && model.plan.testsRequired && counts.completed > 0) {
    const missing = {
      type: 'policy.reported' as const,
      severity: 'violation' as const,
      task: null,
    };
    if (!model.testsMissed) {
      return [{ ...missing, code: 'POLICY_VIOLATION', message: '' }];
    }
  }
  const may = verdict === 'passed' || (verdict === 'silent' && !model.plan.testsRequired);
  if (may && toClose.length > 0) {
    return toClose.slice(0, 1).map((task) => ({ type: 'close.requested', task }));
  }
  return counts.closing > 0 ? [] : [ending(model)];
}

function verdictOf({ checks: { tests } }: Model): 'passed' | 'failed' | 'silent' {
  if (tests.kind !== 'ended') {
    return 'silent';
  }
  if (tests.tests === 'none' || tests.tests === 'skipped') {
    return 'silent';
  }
  return tests.tests ?? 'failed';
}

function ending(model: Model): RunEventBody {
  const { kinds, counts } = trueIndices(model);
  const has = (kind: string): boolean => Object.values(kinds).includes(kind);
  const verdict = verdictOf(model);
  const unproven = verdict === 'silent' && model.plan.testsRequired && counts.completed > 0;
  if (model.cancelled || has('cancelled')) {
    return { type: 'run.ended', status: 'cancelled', exitCode: 130 };
  }
  if (model.timedOut) {
    return { type: 'run.ended', status: 'failed', exitCode: 4 };
  }
  if (has('failed') || verdict === 'failed' || unproven) {
    return { type: 'run.ended', status: 'failed', exitCode: 1 };
  }
  return has('blocked')
    ? { type: 'run.ended', status: 'blocked', exitCode: 3 }
    : { type: 'run.ended', status: 'completed', exitCode: 0 };
}
