import { satisfies } from './source-status.ts';
import type { Group, Problem, Task } from '../task.ts';
import { SEQUENTIAL } from '../../shared/ids.ts';

const MAX_NAMED = 10;

/**
 * A warning for every file that several open tasks of a group name, because they may write it at the same time. Tasks
 * that depend directly on one another do not; neither do those of the sequential group.
 */
export function sharedFiles(group: Group): readonly Problem[] {
  if (group.id.toLowerCase() === SEQUENTIAL) return [];
  const byFile = new Map<string, Task[]>();
  for (const task of group.tasks) {
    if (satisfies(task.status)) continue;
    for (const file of new Set(task.files)) {
      const named = byFile.get(file);
      if (named === undefined) byFile.set(file, [task]);
      else named.push(task);
    }
  }
  return [...byFile].flatMap(([file, tasks]) =>
    inTurns(tasks) ? [] : [warning(group, file, tasks)],
  );
}

/** Whether each of the tasks waits for the one before it, or each for the one after it. */
function inTurns(tasks: readonly Task[]): boolean {
  const pairs = tasks.slice(1).map((task, index) => [tasks[index], task] as const);
  const waits = (task: Task | undefined, other: Task | undefined) =>
    other !== undefined && (task?.dependencies.includes(other.key) ?? false);
  return (
    pairs.every(([earlier, later]) => waits(later, earlier)) ||
    pairs.every(([earlier, later]) => waits(earlier, later))
  );
}

function warning(group: Group, file: string, tasks: readonly Task[]): Problem {
  const names = tasks.slice(0, MAX_NAMED).map((task) => task.id);
  const more = tasks.length - names.length;
  const list = names.join(', ') + (more > 0 ? ` and ${more} more` : '');
  const [, second] = tasks;
  return {
    severity: 'warning',
    code: 'shared-file',
    message: `Tasks of the group “${group.id}” name the same file, ${file}: ${list}. Let one depend on the other, or move one to another group.`,
    place: (second ?? tasks[0])?.place ?? { file: group.source, line: 1 },
    range: null,
  };
}
