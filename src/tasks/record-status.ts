import type { ClosingStatus, TaskIdentity } from './format.ts';
import type { PlanStore } from './plan-store.ts';
import { writeTaskStatus } from './write-status.ts';
import { failure, success, type Result } from '../shared/result.ts';

/**
 * Writes a task's status where the task is kept, in its file or through its tool, and has the plans know it. The failure
 * is a sentence for a person.
 */
export async function recordStatus(
  plans: PlanStore,
  task: TaskIdentity,
  status: ClosingStatus,
): Promise<Result<void, string>> {
  const file = plans.fileOf(task);
  if (file === null) {
    const through = await plans.writeThroughTool(task, status);
    return through.ok ? through : failure(through.failure.message);
  }
  const { workspaceRoot } = plans;
  const written = await writeTaskStatus({ workspaceRoot, file, task, status });
  if (!written.ok) return failure(written.failure.message);
  await plans.takeOwnWrite(file, written.value.hash);
  return success(undefined);
}
