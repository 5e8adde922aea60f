import type { TaskKey } from '../../../shared/ids.ts';
import type { Conflict } from './forecast.ts';

const MOST_NAMED = 10;

/**
 * "T1 and T3 both name src/a.ts", "T1 names src/api, and T3 and T4 something in it". `name`: display name of a task.
 */
export function describeConflict(
  { path, tasks, inside }: Conflict,
  name: (task: TaskKey) => string,
): string {
  const within = new Set(inside);
  const naming = tasks.filter((task) => !within.has(task)).map(name);
  if (inside.length === 0) {
    return `${joined(naming)} ${naming.length === 2 ? 'both' : 'all'} name ${path}`;
  }
  const verb = naming.length === 1 ? 'names' : 'name';
  return `${joined(naming)} ${verb} ${path}, and ${joined(inside.map(name))} something in it`;
}

function joined(names: readonly string[]): string {
  const shown =
    names.length > MOST_NAMED + 1
      ? [...names.slice(0, MOST_NAMED), `${names.length - MOST_NAMED} more`]
      : names;
  return [shown.slice(0, -1).join(', '), ...shown.slice(-1)]
    .filter((part) => part !== '')
    .join(' and ');
}
