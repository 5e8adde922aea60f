import { failure, type Result, success } from '../../shared/result.ts';
import type { TaskIdentity } from '../format/format.ts';
import type { ToolStatus } from '../format/tool-plan.ts';
import type { PlanStore } from '../plans/plan-store.ts';
import { writeTaskStatus } from './write-status.ts';

/**
 * Writes a task's status where the task is kept, in its file or through its tool, and has the plans know it. Tools are
 * told what is begun, so that nobody else takes it, and what is put back; files have no place for that. The failure is a
 * sentence for a person.
 */
export async function recordStatus(
  plans: PlanStore,
  task: TaskIdentity,
  status: ToolStatus,
): Promise<Result<void, string>> {
  const file = plans.fileOf(task);
  if (file === null) {
    const through = await plans.writeThroughTool(task, status);
    return through.ok ? through : failure(through.failure.message);
  }
  if (status === 'in_progress' || status === 'pending') {
    return success(undefined);
  }
  const { workspaceRoot } = plans;
  const written = await writeTaskStatus({ workspaceRoot, file, task, status });
  if (!written.ok) {
    return failure(written.failure.message);
  }
  await plans.takeOwnWrite(file, written.value.hash);
  return success(undefined);
}
