import { lineStart } from '../../../coordinator/plan/markers/line-start.ts';
import type { OutlinedTask } from '../../../tasks/format/outline.ts';
import type { OutlinedPlan } from '../plan/outlined-plan.ts';

/** A selection in a text, in UTF-16 units; `start` equals `end` for a cursor without a selection. */
export interface Selected {
  readonly start: number;
  readonly end: number;
}

/** The tasks that contain the start of a selection or begin within one, in the order of the plan. */
export function selectedTasks(
  plan: Pick<OutlinedPlan, 'tasks' | 'taskAt'>,
  text: string,
  selections: readonly Selected[],
): readonly OutlinedTask[] {
  const found = new Set<OutlinedTask>();
  for (const { start, end } of selections) {
    const from = behindIndentation(text, start);
    const enclosing = plan.taskAt(from);
    if (enclosing !== undefined) {
      found.add(enclosing);
    }
    for (const task of plan.tasks) {
      if (from < task.head.start && task.head.start < end) {
        found.add(task);
      }
    }
  }
  return plan.tasks.filter((task) => found.has(task));
}

/** Moves an offset past indentation, which belongs to the task after it and not to the enclosing task. */
function behindIndentation(text: string, offset: number): number {
  const from = lineStart(text, offset);
  const indentation = /^[ \t>]*/.exec(text.slice(from, from + MAX_INDENT))?.[0].length ?? 0;
  return Math.max(offset, from + indentation);
}

const MAX_INDENT = 200;
