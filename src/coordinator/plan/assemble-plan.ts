import type { SourceId, TaskKey } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { Group, Plan, Problem, SourceSnapshot, Task } from '../schema/task.ts';
import { describeConflict } from './conflicts/describe-conflict.ts';
import { type Conflict, forecast } from './conflicts/forecast.ts';
import { dependencyCycles } from './graph/cycles.ts';
import { groupTasks } from './group-tasks.ts';
import { resolveDependencies } from './resolve-dependencies.ts';

/**
 * Assembles one plan from all snapshots: groups in source order, dependencies resolved across sources, and problems
 * that only the whole shows. Linear in tasks and dependencies. `plan.sources` is unchanged; `plan.tasks` and
 * `plan.groups` hold tasks with resolved dependencies. `wanted`: the on-demand sources that the user selected.
 */
export function assemblePlan(
  read: readonly SourceSnapshot[],
  wanted: ReadonlySet<SourceId> = new Set(),
): Plan {
  const onDemand = read.flatMap((each) => each.onDemand ?? []).filter((each) => !wanted.has(each));
  const sources = onDemand.length === 0 ? read : withoutSources(read, new Set(onDemand));
  const { tasks: unique, problems: duplicates } = withoutDuplicates(sources);
  const { tasks, problems: unknown } = resolveDependencies(unique);
  const groups = groupTasks(tasks.values(), formatsOf(sources));
  return {
    sources,
    onDemand,
    groups,
    tasks,
    problems: [
      ...sources.flatMap((source) => source.problems),
      ...duplicates,
      ...unknown,
      ...dependencyCycles(tasks),
      ...groups.flatMap((group) => sharedFiles(group, tasks)),
    ],
  };
}

/** The format of each source; one snapshot can have several sources. */
function formatsOf(snapshots: readonly SourceSnapshot[]): ReadonlyMap<SourceId, string> {
  return new Map(
    snapshots.flatMap(({ format, tasks }) => tasks.map(({ source }) => [source, format] as const)),
  );
}

function withoutSources(
  read: readonly SourceSnapshot[],
  left: ReadonlySet<SourceId>,
): readonly SourceSnapshot[] {
  return read.map((each) => ({
    ...each,
    tasks: each.tasks.filter(({ source }) => !left.has(source)),
    problems: each.problems.filter(({ source }) => source === undefined || !left.has(source)),
  }));
}

/** Ids are unique: of several tasks with the same id the first keeps it, the others need an id of their own. */
function withoutDuplicates(sources: readonly SourceSnapshot[]): {
  tasks: ReadonlyMap<TaskKey, Task>;
  problems: readonly Problem[];
} {
  const tasks = new Map<TaskKey, Task>();
  const problems: Problem[] = [];
  for (const source of sources) {
    for (const task of source.tasks) {
      const first = tasks.get(task.key);
      if (first === undefined) {
        tasks.set(task.key, task);
      } else {
        problems.push(duplicate(task, first));
      }
    }
  }
  return { tasks, problems };
}

function duplicate(task: Task, first: Task): Problem {
  const message =
    t(
      'The id “{0}” is already taken by “{1}” in line {2}, ',
      task.id,
      first.title,
      first.place.line,
    ) + t('so this task is left out. Give it an id of its own.');
  const { key, place } = task;
  return { severity: 'error', code: 'duplicate-id', message, place, range: null, tasks: [key] };
}

/** A warning for every file or folder that tasks of a group could write at the same time. */
function sharedFiles(group: Group, tasks: ReadonlyMap<TaskKey, Task>): readonly Problem[] {
  return forecast(group, tasks).map((conflict) => warning(group, conflict, tasks));
}

function warning(group: Group, conflict: Conflict, tasks: ReadonlyMap<TaskKey, Task>): Problem {
  const what = describeConflict(conflict, (key) => tasks.get(key)?.id ?? key);
  const [first, second = first] = conflict.tasks;
  const place = second === undefined ? undefined : tasks.get(second)?.place;
  return {
    severity: 'warning',
    code: 'shared-file',
    message: t(
      'Tasks of the group “{0}” may write the same file: {1}. Let one depend on the other, move one to another group, or choose to run them one after the other.',
      group.id,
      what,
    ),
    place: place ?? { file: group.source, line: 1 },
    range: null,
    tasks: conflict.tasks,
  };
}
