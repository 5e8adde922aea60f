import { change } from './change.ts';
import { kindOf } from './kinds.ts';
import type { Model, ModelTask } from './model.ts';

/**
 * Returns when a task has to be over, including all attempts and waits, ms; `Infinity` if it has no limit or never
 * started.
 */
export function taskDue({ plan: { limits } }: Model, { since }: ModelTask): number {
  return limits.taskTimeoutMs === null || since === null ? Infinity : since + limits.taskTimeoutMs;
}

/** Returns when the run has to be over, ms; `Infinity` if it has no limit or is already stopping. */
export function runDue({ plan, startedAt, cancelled, timedOut }: Model): number {
  const { runTimeoutMs } = plan.limits;
  return runTimeoutMs === null || cancelled || timedOut ? Infinity : startedAt + runTimeoutMs;
}

/** Returns the tasks whose time limit is running, the next one to be due first. */
export function timedTasks(model: Model): ModelTask[] {
  return model.tasks
    .filter((task) => isTimed(model, task) && taskDue(model, task) > model.now)
    .toSorted((a, b) => taskDue(model, a) - taskDue(model, b) || a.index - b.index);
}

function isTimed(model: Model, task: ModelTask): boolean {
  const kind = kindOf(model, task);
  const runs = task.progress.kind === 'running' && !task.progress.stopping;
  return taskDue(model, task) < Infinity && (kind === 'ready' || kind === 'held' || runs);
}

/** Stops what has exceeded its time limit, or fails it if no attempt is running. */
export function expired(model: Model): Model {
  const late = ended(model, (task) => isTimed(model, task) && taskDue(model, task) <= model.now);
  if (runDue(late) > late.now) {
    return late;
  }
  const open = ['waiting', 'ready', 'held', 'running'];
  return { ...ended(late, (task) => open.includes(kindOf(late, task))), timedOut: true };
}

function ended(model: Model, which: (task: ModelTask) => boolean): Model {
  const meant = new Set(model.tasks.filter(which).map(({ index }) => index));
  const runs = ({ progress }: ModelTask): boolean => progress.kind === 'running';
  const stopped = change(
    model,
    (task) =>
      meant.has(task.index) &&
      task.progress.kind === 'running' &&
      !task.progress.stopping &&
      !task.stop &&
      task.why === null,
    { why: 'limit' },
  );
  return change(stopped, (task) => meant.has(task.index) && !runs(task), {
    progress: { kind: 'failed' },
  });
}
