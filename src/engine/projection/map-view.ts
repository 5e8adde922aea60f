import { projectGroup } from '../../coordinator/projections/group/project-group.ts';
import type { Holder } from '../../coordinator/projections/project-run.ts';
import type { RunState, TaskRecord } from '../../coordinator/run/state/state.ts';
import type { Group, Plan, Task } from '../../coordinator/schema/task.ts';
import { asGroupId, asTaskId, MAP_SOURCE } from '../../shared/ids.ts';
import { t } from '../../shared/messages.ts';
import type { GroupView } from '../../shared/view-models/group-views.ts';
import { plural } from '../../shared/words/durations.ts';
import { attemptDirectoryIn } from './project-groups.ts';

/** The state from which a map is projected, in addition to its run. */
export interface MapContext {
  readonly workspaceRoot: string;
  readonly allowed: boolean;
  /** ms since the epoch. */
  readonly now: number;
}

interface Newest {
  readonly state: RunState;
  readonly holder: Holder;
}

/** Maximum number of ended maps to show; unfinished ones are always shown. */
const MAX_ENDED = 5;

/** Returns the runs to show as separate groups: the unfinished maps and the newest of the ended ones. */
export function shownMaps(runs: readonly Newest[]): Newest[] {
  const maps = runs.filter(({ state }) => state.plan.kind === 'map');
  const ended = maps
    .filter(({ state }) => state.ended !== null)
    .toSorted((a, b) => b.state.startedAt - a.state.startedAt)
    .slice(0, MAX_ENDED);
  return maps
    .filter((each) => each.state.ended === null || ended.includes(each))
    .toSorted((a, b) => a.state.startedAt - b.state.startedAt);
}

/** Projects a map for all views, with a title such as "Map: file-analyzer · 12 files". */
export function mapView(run: Newest, context: MapContext): GroupView {
  const { plan, order } = run.state;
  const tasks = order.map(unitTask);
  const group: Group = {
    key: plan.group,
    id: asGroupId(plan.groupId),
    source: MAP_SOURCE,
    format: t('no plan'),
    inferred: false,
    tasks,
  };
  const view = projectGroup(group, {
    ...context,
    plan: planOf(group),
    subagentOf: ({ subagent }) => ({ subagent: subagent ?? '', reason: 'metadata' }),
    run,
    attemptDirectory: attemptDirectoryIn(context.workspaceRoot),
  });
  const title = t(
    'Map: {0} · {1}',
    plan.map?.agent ?? plan.groupId,
    plural(tasks.length, plan.map?.of ?? 'unit'),
  );
  return { ...view, title };
}

function planOf(group: Group): Plan {
  const tasks = new Map(group.tasks.map((task) => [task.key, task]));
  return { sources: [], onDemand: [], groups: [group], tasks, problems: [] };
}

/** Returns a unit as a task of a plan, with the status that its run gives it. */
function unitTask({ planned, state }: TaskRecord): Task {
  const done = state.kind === 'completed' || planned.excluded === 'done';
  return {
    key: planned.key,
    id: asTaskId(planned.id),
    source: MAP_SOURCE,
    title: planned.title,
    description: '',
    status: done
      ? { status: 'completed', word: 'done', launchable: false }
      : { status: 'pending', word: 'pending', launchable: false },
    group: null,
    dependencies: [],
    subagent: planned.subagent,
    fallbackAgents: [],
    skills: [],
    files: planned.files,
    conflictsWith: [],
    contextFiles: [],
    priority: planned.priority,
    run: null,
    place: planned.place,
    fingerprint: planned.fingerprint,
  };
}
