import { SEQUENTIAL, type TaskKey } from '../../../shared/ids.ts';
import type { Group, Task } from '../../schema/task.ts';
import { satisfies } from '../graph/source-status.ts';
import { foldersOf, normalisePath } from './path-names.ts';
import { type Encounter, withoutOrdered } from './without-ordered.ts';

/** Tasks of one group that could write the same file at the same time. */
export interface Conflict {
  /** The shared file or folder, relative to the workspace; `.` is the workspace itself. */
  readonly path: string;
  /** All conflicting tasks, in the group's order. */
  readonly tasks: readonly TaskKey[];
  /** Tasks that only name something inside the folder: they conflict with the others, not with each other. */
  readonly inside: readonly TaskKey[];
}

/**
 * Predicts conflicts between open tasks of a group by the files they name, in the order in which the paths are first
 * named. Tasks ordered by a chain of open dependencies do not conflict; those of the sequential group never do.
 * `tasks`: all tasks of the plan, because a chain may lead through other groups. Linear in the paths and their depth.
 */
export function forecast(group: Group, tasks: ReadonlyMap<TaskKey, Task>): readonly Conflict[] {
  if (group.id.toLowerCase() === SEQUENTIAL) {
    return [];
  }
  const met = encounters(group.tasks.filter(({ status }) => !satisfies(status)));
  return withoutOrdered(met, tasks).map(({ path, naming, inside }) => ({
    path,
    tasks: inside.length === 0 ? naming : inGroupOrder(group, [...naming, ...inside]),
    inside,
  }));
}

interface Named extends Encounter {
  readonly path: string;
  readonly naming: TaskKey[];
  readonly inside: TaskKey[];
}

function encounters(open: readonly Task[]): readonly Named[] {
  const byPath = new Map<string, Named>();
  const paths = open.map(({ files }) => new Set(files.map(normalisePath)));
  for (const [place, { key }] of open.entries()) {
    for (const path of paths[place] ?? []) {
      const named = byPath.get(path);
      if (named === undefined) {
        byPath.set(path, { path, naming: [key], inside: [] });
      } else {
        named.naming.push(key);
      }
    }
  }
  for (const [place, { key }] of open.entries()) {
    const own = paths[place] ?? new Set();
    const folders = new Set([...own].flatMap(foldersOf));
    for (const folder of folders) {
      if (!own.has(folder)) {
        byPath.get(folder)?.inside.push(key);
      }
    }
  }
  return [...byPath.values()].filter(({ naming, inside }) => naming.length + inside.length > 1);
}

function inGroupOrder(group: Group, keys: readonly TaskKey[]): readonly TaskKey[] {
  const wanted = new Set(keys);
  return group.tasks.flatMap(({ key }) => (wanted.has(key) ? [key] : []));
}
