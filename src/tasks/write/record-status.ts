import { failure, type Result, success } from '../../shared/result.ts';
import type { TaskIdentity } from '../format/format.ts';
import type { ToolStatus } from '../format/tool-plan.ts';
import type { PlanStore } from '../plans/plan-store.ts';
import { writeTaskStatus } from './write-status.ts';

/**
 * Writes a task's status where the task is kept, in its file or through its tool, and updates the plans. Tools also
 * record that a task has begun, so that others do not start it, and that it is open again; files cannot express that.
 * The failure is a sentence for the user.
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
  await plans.readOwnWrite(file, written.value.hash);
  return success(undefined);
}
