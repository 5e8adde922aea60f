import type { RunEventBody } from '../../../../src/coordinator/schema/events.ts';
import type { Evidence } from '../../../../src/shared/view-models/group-views.ts';
import { change, named } from './change.ts';
import type { Model, ModelTask } from './model.ts';
import { taskDue } from './time-limits.ts';

function canResume({ planned, choice, session }: ModelTask): boolean {
  return session !== null && (planned.agents[choice]?.resume ?? null) !== null;
}

/** Applies evidence that speaks against a task. */
export function lacking(
  model: Model,
  task: ModelTask,
  evidence: readonly Evidence[],
): Partial<ModelTask> {
  const { plan, cancelled, timedOut, budget } = model;
  const { session, repairs, stop, why } = task;
  const continues = !cancelled && !timedOut && budget !== 'spent' && !stop && why === null;
  if (session === null || !canResume(task) || !continues || repairs >= plan.repairs) {
    return { progress: { kind: 'failed' } };
  }
  const against = evidence.filter(({ ok }) => !ok).map(({ detail }) => detail);
  const resume = { session, why: 'repair' as const, message: against.join('\n') };
  return { progress: { kind: 'idle' }, repairs: repairs + 1, resume };
}

/** Applies a nudge: the user adds a message to a task that is over. */
export function nudged(
  model: Model,
  { task: key, message }: Extract<RunEventBody, { type: 'nudge.requested' }>,
): Model {
  const works = model.phase === 'concurrent_execution' || model.phase === 'coordination';
  const continues = works && !model.cancelled && !model.timedOut && model.budget !== 'spent';
  const task = model.tasks.find(named(key));
  const { session, progress } = task ?? { session: null, progress: { kind: 'idle' as const } };
  const isOver = ['completed', 'failed', 'cancelled'].includes(progress.kind);
  return task === undefined || session === null || !isOver || !continues || !canResume(task)
    ? model
    : taskDue(model, task) <= model.now
      ? model
      : change(model, named(key), {
          progress: { kind: 'idle' },
          resume: { session, why: 'nudge', message },
          stop: false,
          why: null,
        });
}
