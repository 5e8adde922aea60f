import { lineStart } from '../../../coordinator/plan/markers/line-start.ts';
import type { OutlinedTask } from '../../../tasks/format/outline.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';

/** A selection in a text, in UTF-16 units; `start` and `end` are equal for a mere cursor. */
export interface Selected {
  readonly start: number;
  readonly end: number;
}

/** The tasks that selections are in or touch, in the order of the plan: those around their starts, and all that begin within. */
export function selectedTasks(
  plan: Pick<OutlinedPlan, 'tasks' | 'taskAt'>,
  text: string,
  selections: readonly Selected[],
): readonly OutlinedTask[] {
  const found = new Set<OutlinedTask>();
  for (const { start, end } of selections) {
    const from = behindIndentation(text, start);
    const around = plan.taskAt(from);
    if (around !== undefined) {
      found.add(around);
    }
    for (const task of plan.tasks) {
      if (from < task.head.start && task.head.start < end) {
        found.add(task);
      }
    }
  }
  return plan.tasks.filter((task) => found.has(task));
}

/** White space in front of a task belongs to it, not to the task around it. */
function behindIndentation(text: string, offset: number): number {
  const from = lineStart(text, offset);
  const indentation = /^[ \t>]*/.exec(text.slice(from, from + MAX_INDENT))?.[0].length ?? 0;
  return Math.max(offset, from + indentation);
}

const MAX_INDENT = 200;
