import { type GroupKey, SEQUENTIAL, type TaskKey } from '../../shared/ids.ts';
import type { TaskStatus } from '../../shared/status.ts';
import type { Blocker } from '../../shared/view-models/group-views.ts';
import type { Config } from '../schema/config.ts';
import type { Group, Plan, Problem, Task } from '../schema/task.ts';
import { blockersOf, shortName } from './blockers.ts';
import { forecast } from './conflicts/forecast.ts';
import { sequentialWaves, waves } from './graph/waves.ts';
import { subagentChooser } from './subagents.ts';

/** Output of `parallel-groups detect --json`. Scripts rely on it: within a version, keys are only added. */
export interface DetectReport {
  readonly version: 1;
  readonly groups: readonly DetectedGroup[];
  readonly tasks: readonly DetectedTask[];
  readonly problems: readonly DetectedProblem[];
}

export interface DetectedGroup {
  readonly key: GroupKey;
  readonly id: string;
  readonly inferred: boolean;
  /** Short ids in source order. */
  readonly tasks: readonly string[];
  readonly waves: readonly (readonly string[])[];
  /** Tasks (short ids) that could write the same file at the same time, or files of the same folder. */
  readonly conflicts: readonly { readonly path: string; readonly tasks: readonly string[] }[];
  readonly source: string;
}

export interface DetectedTask {
  readonly key: TaskKey;
  readonly id: string;
  readonly title: string;
  readonly group: string;
  /** Status in its source. */
  readonly status: TaskStatus;
  /** Short ids within the source, keys across sources. */
  readonly dependencies: readonly string[];
  /** Its blockers if its group ran now. */
  readonly blockedBy: readonly string[];
  readonly subagent: string;
  readonly subagentReason: 'metadata' | 'detected' | 'default';
  readonly priority: number;
  readonly files: readonly string[];
  readonly run: string | null;
  readonly source: { readonly file: string; readonly line: number };
}

export interface DetectedProblem {
  readonly severity: 'error' | 'warning';
  readonly code: string;
  readonly message: string;
  readonly file: string;
  readonly line: number;
}

/** Builds the JSON of `detect`, in the plan's order. `subagents`: those of the effective configuration. */
export function detectReport(plan: Plan, subagents: Config['subagents']): DetectReport {
  const choose = subagentChooser(subagents);
  const groupIds = new Map<TaskKey, string>();
  const blockers = new Map<TaskKey, readonly Blocker[]>();
  for (const group of plan.groups) {
    for (const { key } of group.tasks) {
      groupIds.set(key, group.id);
    }
    for (const [key, holding] of blockersOf(group, plan)) {
      blockers.set(key, holding);
    }
  }
  return {
    version: 1,
    groups: plan.groups.map((group) => detectedGroup(group, plan)),
    tasks: [...plan.tasks.values()].map((task) => {
      const { subagent, reason } = choose(task);
      return {
        ...detectedTask(task),
        group: groupIds.get(task.key) ?? SEQUENTIAL,
        blockedBy: (blockers.get(task.key) ?? []).map((blocker) => blocker.id),
        subagent,
        subagentReason: reason,
      };
    }),
    problems: plan.problems.map(detectedProblem),
  };
}

function detectedGroup(group: Group, plan: Plan): DetectedGroup {
  const { key, id, inferred, tasks, source } = group;
  const ids = new Map<TaskKey, string>(tasks.map((task) => [task.key, task.id]));
  const shown = (keys: readonly TaskKey[]) => keys.map((each) => ids.get(each) ?? each);
  const ordered = id.toLowerCase() === SEQUENTIAL ? sequentialWaves(tasks) : waves(tasks);
  const conflicts = forecast(group, plan.tasks).map(({ path, tasks: meeting }) => ({
    path,
    tasks: shown(meeting),
  }));
  return {
    key,
    id,
    inferred,
    tasks: [...ids.values()],
    waves: ordered.map(shown),
    conflicts,
    source,
  };
}

function detectedTask(
  task: Task,
): Omit<DetectedTask, 'group' | 'blockedBy' | 'subagent' | 'subagentReason'> {
  return {
    key: task.key,
    id: task.id,
    title: task.title,
    status: task.status.status,
    dependencies: task.dependencies.map((key) => shortName(key, task)),
    priority: task.priority,
    files: task.files,
    run: task.run,
    source: { file: task.place.file, line: task.place.line },
  };
}

function detectedProblem({ severity, code, message, place }: Problem): DetectedProblem {
  return { severity, code, message, file: place.file, line: place.line };
}
