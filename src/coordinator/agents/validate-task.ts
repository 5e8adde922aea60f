import { t } from '../../shared/messages.ts';
import type { Task } from '../schema/task.ts';

/** The fields of a task that are validated before dispatch. */
export type DispatchedTask = Pick<
  Task,
  'id' | 'title' | 'run' | 'priority' | 'subagent' | 'fallbackAgents'
>;

const LEAST_URGENT = 4;

/** The first problem of a task, as a sentence; `null`: none. */
export function invalidity(task: DispatchedTask): string | null {
  const { title, run, priority } = task;
  if (title.trim() === '') {
    return t('It has no title, so nobody can know what to do. Write one.');
  }
  if (run !== null && run.trim() === '') {
    return t('Its run: is empty. Write a command there, or take run: away.');
  }
  if (!Number.isInteger(priority) || priority < 0 || priority > LEAST_URGENT) {
    return t('Its priority {0} is not one of 0 (most urgent) to 4.', priority);
  }
  if (task.subagent?.trim() === '' || task.fallbackAgents.some((name) => name.trim() === '')) {
    return t('It names a subagent or a fallback without a name. Write the name, or take it away.');
  }
  return null;
}
