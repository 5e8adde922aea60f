import { SEQUENTIAL, type TaskKey } from '../../../shared/ids.ts';
import type { Group, Task } from '../../schema/task.ts';
import { satisfies } from '../graph/source-status.ts';
import { foldersOf, normalisePath } from './path-names.ts';
import { type Encounter, withoutOrdered } from './without-ordered.ts';

/** Tasks of one group that could write the same file at the same time. */
export interface Conflict {
  /** The file or folder that they meet in, relative to the workspace; `.` is the workspace itself. */
  readonly path: string;
  /** All of them, in the group's order. */
  readonly tasks: readonly TaskKey[];
  /** Those that only name something inside of the folder: they collide with the others, not with one another. */
  readonly inside: readonly TaskKey[];
}

/**
 * Where open tasks of a group collide, by the files that they name, in the order in which the paths are first named.
 * Tasks that a chain of open dependencies orders do not collide; those of the sequential group never do. `tasks`: all
 * of the plan, as a chain may lead through other groups. Linear in the paths and their depth.
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
