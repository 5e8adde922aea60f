import assert from 'node:assert/strict';
import type { Task } from '../../../src/coordinator/schema/task.ts';
import { asSourceId, asTaskId, type TaskKey, taskKey } from '../../../src/shared/ids.ts';
import type { PlanStore } from '../../../src/tasks/plans/plan-store.ts';

/** Returns the key of an issue of the workspace's own tracker. */
export function issueKey(id: string): TaskKey {
  return taskKey(asSourceId('.beads'), asTaskId(id));
}

/** Returns the task of an issue of the workspace's own tracker. */
export function taskOf(store: PlanStore, id: string): Task {
  const task = store.current().tasks.get(issueKey(id));
  assert.ok(task !== undefined, id);
  return task;
}
