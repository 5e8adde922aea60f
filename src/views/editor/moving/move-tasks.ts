import type { Result } from '../../../shared/result.ts';
import { groupEdits } from '../../../tasks/plan-edits.ts';
import { applyPlanEdits, type PlanFileEdit } from './apply-plan-edits.ts';
import type { PlanTask } from './plan-tasks.ts';

/** Moves tasks to a group (its id), or out of groups if `null`, by editing their markers. The failure is a sentence. */
export function moveTasks(
  tasks: readonly PlanTask[],
  group: string | null,
): Promise<Result<'changed' | 'unchanged', string>> {
  const files = new Map<string, PlanTask[]>();
  for (const task of tasks) {
    const file = task.uri.toString();
    files.set(file, [...(files.get(file) ?? []), task]);
  }
  return applyPlanEdits([...files.values()].flatMap((those) => fileEdit(those, group)));
}

function fileEdit(tasks: readonly PlanTask[], group: string | null): readonly PlanFileEdit[] {
  const [first] = tasks;
  if (first === undefined) {
    return [];
  }
  const { folder, uri, path } = first;
  return [{ folder, uri, path, plan: (text) => groupEdits(text, path, tasks, group) }];
}
